using System.Reflection;
using OperatorKit.Build.Tests;

[assembly: AssemblyFixture(typeof(LocalFeed))]

namespace OperatorKit.Build.Tests;

/// <summary>The packages of this repository, packed once for all tests, in a folder that serves as a feed.</summary>
public sealed class LocalFeed : IAsyncLifetime
{
    private static readonly string[] Projects = ["OperatorKit.Models", "OperatorKit.Client", "OperatorKit"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operatorkit feed ");

    private readonly CompilerServer _compiler = new(Path.Combine(Metadata("RepositoryRoot"), "runtime", Projects[0], Projects[0] + ".csproj"));

    public static string Version => Metadata("Version");

    public string Packages => Path.Combine(_folder.FullName, "packages");

    public async ValueTask InitializeAsync()
    {
        var root = Metadata("RepositoryRoot");
        foreach (var project in Projects)
        {
            (await DotNet.RunAsync(root, "pack", Path.Combine(root, "runtime", project), "--no-build", "-c", Metadata("Configuration"), "-o", Packages, "-tl:off"))
                .Succeeded();
        }

        // Third parties' packages come from what the restore of this repository has brought; only a runtime pack may be asked for.
        await WriteSettingsAsync("offline", "<clear />");
        await WriteSettingsAsync("online", "");
    }

    /// <summary>A project of a user, in a folder of its own below the one with the feed's settings.</summary>
    internal ConsumerProject NewProject(string name = "Widgets", bool online = false) =>
        new(Directory.CreateDirectory(Path.Combine(_folder.FullName, online ? "online" : "offline", Guid.NewGuid().ToString("n"), name)).FullName, name, _compiler);

    public async ValueTask DisposeAsync()
    {
        await _compiler.StopAsync();
        _folder.Delete(recursive: true);
    }

    private Task WriteSettingsAsync(string folder, string sources) =>
        File.WriteAllTextAsync(Path.Combine(_folder.CreateSubdirectory(folder).FullName, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_folder.FullName, "global")}" />
              </config>
              <packageSources>
                {sources}
                <add key="local" value="{Packages}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="repository" value="{Metadata("NuGetPackageRoot")}" />
              </fallbackPackageFolders>
            </configuration>
            """);

    private static string Metadata(string key) =>
        typeof(LocalFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
