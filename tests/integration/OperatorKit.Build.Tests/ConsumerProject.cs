namespace OperatorKit.Build.Tests;

/// <summary>A small operator as a user writes it, which takes OperatorKit from packages.</summary>
internal sealed class ConsumerProject
{
    private readonly string _name;
    private readonly CompilerServer _compiler;

    public ConsumerProject(string folder, string name, CompilerServer compiler)
    {
        Folder = folder;
        _name = name;
        _compiler = compiler;
        Write($"{name}.csproj", $"""
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
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", "System.Console.WriteLine(\"ready\");");
        Write("Widget.cs", Record("Widget"));
    }

    public string Folder { get; }

    public string Manifests => PathOf("bin/Debug/net10.0/manifests");

    public static string Record(string name) => $$"""
        using System.ComponentModel.DataAnnotations;
        using OperatorKit;

        namespace Things;

        /// <summary>A thing.</summary>
        [KubernetesResource("things.example.com", "v1")]
        public sealed partial record {{name}} : CustomResource<{{name}}Spec, {{name}}Status>;

        public sealed record {{name}}Spec
        {
            /// <summary>How many.</summary>
            [Range(1, 10)]
            public int Count { get; init; } = 1;
        }

        public sealed record {{name}}Status : ResourceStatus;
        """;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void Replace(string file, string old, string with) => Write(file, File.ReadAllText(PathOf(file)).Replace(old, with));

    public Task<DotNetResult> BuildAsync(params string[] arguments) => RunAsync(["build", .. arguments]);

    public Task<DotNetResult> RunAsync(params string[] arguments) => DotNet.RunAsync(Folder, [.. arguments, .. _compiler.Arguments, "-tl:off"]);

    /// <summary>Adds elements to the project file.</summary>
    public void Add(string elements) => Replace($"{_name}.csproj", "</Project>", elements + "\n</Project>");

    /// <summary>The manifests below a folder with the time of their last change.</summary>
    public IReadOnlyDictionary<string, DateTime> Files(string? folder = null)
    {
        folder ??= Manifests;
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.GetLastWriteTimeUtc)
            : new Dictionary<string, DateTime>();
    }
}
