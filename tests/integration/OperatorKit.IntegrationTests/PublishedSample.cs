using System.Diagnostics;
using System.Reflection;
using OperatorKit.Build.Tests;
using OperatorKit.Testing;

namespace OperatorKit.IntegrationTests;

/// <summary>SimpleApp, published once for all tests of the class.</summary>
public sealed class PublishedSample : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operatorkit published ");

    /// <summary>Why it cannot be had here; null where it was published.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            Missing = "Windows has no SIGTERM, by which a cluster stops an operator.";
            return;
        }

        // What the sample refers to is built already, and in use by other tests.
        var result = await DotNet.RunAsync(
            Metadata("RepositoryRoot"),
            ["publish", "samples/SimpleApp", "-p:PublishProfile=trimmed", "-p:PublishReadyToRun=false", "-p:BuildProjectReferences=false", "-c", Metadata("Configuration"), "-o", _folder.FullName, "-tl:off"]);
        if (result.ExitCode != 0 && result.Output.Contains("error NU1", StringComparison.Ordinal))
            Missing = "The runtime pack or the trimmer cannot be restored here: " + result.Output.Trim();
        else
            result.Succeeded().Output.ShouldNotContain("warning IL");
    }

    /// <summary>Runs it for one namespace.</summary>
    internal async Task<IAsyncDisposable> StartAsync(TestNamespace home)
    {
        var kubeconfig = Path.Combine(_folder.FullName, home.Name + ".kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, home.Cluster.Kubeconfig);
        var start = new ProcessStartInfo(Path.Combine(_folder.FullName, "SimpleApp"), ["--kubeconfig", kubeconfig, "--namespace", home.Name, "--http-port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new RunningProcess(Process.Start(start)!);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Metadata(string key) =>
        typeof(PublishedSample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
