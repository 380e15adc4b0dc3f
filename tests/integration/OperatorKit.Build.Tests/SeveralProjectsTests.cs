namespace OperatorKit.Build.Tests;

/// <summary>Records in one project, what handles them in another.</summary>
public sealed class SeveralProjectsTests(LocalFeed feed)
{
    [Fact]
    public async Task Records_of_a_library_are_handled_in_another_project_and_each_writes_its_own_manifests()
    {
        var library = feed.NewProject();
        library.Replace("Widgets.csproj", "<OutputType>Exe</OutputType>", "");
        File.Delete(library.PathOf("Program.cs"));
        library.Write("../Operator/Operator.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="OperatorKit" Version="{LocalFeed.Version}" />
                <ProjectReference Include="../Widgets/Widgets.csproj" />
              </ItemGroup>
            </Project>
            """);
        library.Write("../Operator/Program.cs", """
            using OperatorKit;
            using Things;

            return await OperatorHost.RunAsync(args, static operators => operators.AddWidgetOperator());

            public sealed class WidgetOperator : WidgetHandler
            {
                public override Task<WidgetStatus> OnCreateAsync(Widget widget, WidgetContext context, CancellationToken cancellationToken) =>
                    Task.FromResult(new WidgetStatus());
            }
            """);
        (await library.RunAsync("build", "../Operator")).Succeeded();

        library.Files().Keys.ShouldContain("crds/things.example.com_widgets.yaml");
        var manifests = library.PathOf("../Operator/bin/Debug/net10.0/manifests");
        File.ReadAllText(Path.Combine(manifests, "rbac.yaml")).ShouldContain("- things.example.com\n  resources:\n  - widgets\n");
        (await DotNet.RunAsync(library.Folder, "../Operator/bin/Debug/net10.0/Operator.dll", "--help")).Output.ShouldContain("--kubeconfig");
    }
}
