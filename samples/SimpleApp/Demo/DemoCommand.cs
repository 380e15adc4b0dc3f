using System.Runtime.InteropServices;
using OperatorKit.ApiServer;
using OperatorKit.Client;
using Spectre.Console;

namespace Samples.Demo;

/// <summary>What the sample does where there is no cluster: it brings its own.</summary>
internal static class DemoCommand
{
    private const int WidthOfFiles = 160;

    private const string Usage = """

        Without a cluster:
          (no arguments)   start an API server in this process and walk a SimpleApp through its life
          --serve          start the same, keep it up, and print a kubeconfig for kubectl
        """;

    public static int Help(int exitCode)
    {
        Console.WriteLine(Usage);
        return exitCode;
    }

    /// <summary>Creates, scales, repairs and deletes the SimpleApp of <c>simpleapp.yaml</c>.</summary>
    public static Task<int> WalkAsync() => WithClusterAsync(static (cluster, console, cancellationToken) =>
        new Walkthrough(cluster, console).RunAsync(cancellationToken));

    /// <summary>Keeps the server and the operator up until Ctrl+C.</summary>
    public static Task<int> ServeAsync() => WithClusterAsync(static async (cluster, _, cancellationToken) =>
    {
        var kubeconfig = Path.Combine(Path.GetTempPath(), $"simpleapp-{Environment.ProcessId}.kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, cluster.Kubeconfig, cancellationToken);
        try
        {
            Console.WriteLine($"""

                In another terminal:

                  export KUBECONFIG={kubeconfig}
                  kubectl apply -f {Manifest}
                  kubectl scale simpleapp/my-simple-app --replicas=5
                  kubectl wait --for=condition=Ready simpleapp/my-simple-app
                  kubectl get simpleapps,replicasets,pods
                  kubectl describe simpleapp my-simple-app

                Ctrl+C ends the server and the operator.
                """);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            File.Delete(kubeconfig);
        }
    });

    internal static string Manifest { get; } = Path.Combine(AppContext.BaseDirectory, "simpleapp.yaml");

    private static async Task<int> WithClusterAsync(Func<Cluster, IAnsiConsole, CancellationToken, Task> act)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFiles;
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using var cluster = await Cluster.StartAsync(console, stop.Token);
            await act(cluster, console, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception exception) when (exception is KubernetesException or TimeoutException or IOException or OperatorKit.OperatorStartException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
