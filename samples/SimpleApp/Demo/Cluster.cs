using System.Diagnostics;
using OperatorKit;
using OperatorKit.ApiServer;
using OperatorKit.Client;
using Spectre.Console;

namespace Samples.Demo;

/// <summary>An API server in this process with simulated workloads, the SimpleApp CRD, and the operator at work.</summary>
[RbacIgnore]
internal sealed class Cluster : IAsyncDisposable
{
    private readonly KubernetesApiServer _server;
    private readonly OperatorHost _operator;

    private Cluster(KubernetesApiServer server, KubernetesClient client, OperatorHost host)
    {
        _server = server;
        Client = client;
        _operator = host;
    }

    public KubernetesClient Client { get; }

    public Uri Address => _server.Address;

    public string Kubeconfig => _server.Kubeconfig();

    public static async Task<Cluster> StartAsync(IAnsiConsole console, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Workloads = true }, cancellationToken);
        console.MarkupLineInterpolated($"[green]✓[/] API server at {server.Address}, in this process  [dim]{Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms[/]");
        var client = new KubernetesClient(new ClusterConnection { Server = server.Address, Source = "the API server in this process" });
        await client.InstallAsync<SimpleApp>(cancellationToken);
        console.MarkupLineInterpolated($"[green]✓[/] CRD {SimpleApp.CrdName} is established");
        var host = await OperatorHost.StartAsync(client, static operators => operators.AddSimpleAppOperator(), cancellationToken: cancellationToken);
        console.MarkupLine("[green]✓[/] operator works, caches are filled");
        return new Cluster(server, client, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
