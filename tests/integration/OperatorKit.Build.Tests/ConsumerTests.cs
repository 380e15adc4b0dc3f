using System.IO.Compression;

namespace OperatorKit.Build.Tests;

/// <summary>Projects whose settings are not those of this repository.</summary>
public sealed class ConsumerTests(LocalFeed feed)
{
    private readonly ConsumerProject _project = feed.NewProject();

    [Fact]
    public async Task Generated_code_compiles_without_warnings_where_nullable_and_implicit_usings_are_off_and_documentation_is_on()
    {
        _project.Replace("Widgets.csproj", "<Nullable>enable</Nullable>", "<Nullable>disable</Nullable><GenerateDocumentationFile>true</GenerateDocumentationFile>");
        _project.Replace("Widgets.csproj", "<ImplicitUsings>enable</ImplicitUsings>", "<ImplicitUsings>disable</ImplicitUsings><NoWarn>$(NoWarn);CS1591</NoWarn>");
        (await _project.BuildAsync()).Succeeded();
        _project.Files().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_old_language_version_is_an_error_that_says_what_to_change()
    {
        var result = await _project.BuildAsync("-p:LangVersion=12");
        result.ExitCode.ShouldNotBe(0);
        result.Output.ShouldContain("error OPKB004");
    }

    [Fact]
    public async Task Two_builds_from_scratch_give_the_same_bytes()
    {
        (await _project.BuildAsync("-p:ContinuousIntegrationBuild=true", "-p:Deterministic=true")).Succeeded();
        var assembly = File.ReadAllBytes(_project.PathOf("bin/Debug/net10.0/Widgets.dll"));
        var manifest = File.ReadAllBytes(Path.Combine(_project.Manifests, "crds/things.example.com_widgets.yaml"));

        Directory.Delete(_project.PathOf("obj"), recursive: true);
        Directory.Delete(_project.PathOf("bin"), recursive: true);
        (await _project.BuildAsync("-p:ContinuousIntegrationBuild=true", "-p:Deterministic=true")).Succeeded();

        File.ReadAllBytes(_project.PathOf("bin/Debug/net10.0/Widgets.dll")).ShouldBe(assembly);
        File.ReadAllBytes(Path.Combine(_project.Manifests, "crds/things.example.com_widgets.yaml")).ShouldBe(manifest);
    }

    [Fact]
    public async Task A_project_that_uses_the_operators_records_makes_no_manifests_of_its_own()
    {
        _project.Write("../Tests/Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Widgets/Widgets.csproj" />
              </ItemGroup>
            </Project>
            """);
        _project.Write("../Tests/Use.cs", "public static class Use { public static int Count => new Things.WidgetSpec().Count; }");
        (await _project.RunAsync("build", "../Tests")).Succeeded();

        _project.Files().ShouldNotBeEmpty();
        _project.Files(_project.PathOf("../Tests/bin/Debug/net10.0/manifests")).ShouldBeEmpty();
    }

    [Fact]
    public void The_package_carries_generator_task_and_targets()
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed.Packages, $"OperatorKit.{LocalFeed.Version}.nupkg"));
        var files = package.Entries.Select(e => e.FullName).ToList();
        files.ShouldContain("lib/net10.0/OperatorKit.dll");
        files.ShouldContain("analyzers/dotnet/cs/OperatorKit.Generators.dll");
        files.ShouldContain("analyzers/dotnet/cs/OperatorKit.CodeFixes.dll");
        files.ShouldContain("buildTransitive/OperatorKit.Build.dll");
        files.ShouldContain("buildTransitive/OperatorKit.targets");
        files.ShouldNotContain(f => f.Contains("Microsoft.Build", StringComparison.Ordinal) || f.Contains("CodeAnalysis", StringComparison.Ordinal));
    }
}
