using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Discovery;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Requests;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>Everything behind the sockets: the store, the verbs on it, the controllers and the request pipeline, put together.</summary>
internal sealed class ClusterState : IAsyncDisposable
{
    private readonly ControlPlane _controlPlane;

    public ClusterState(ApiServerOptions options, string rootCertificate)
    {
        var store = new Store(new StoreOptions { HistoryLength = options.HistoryLength });
        var registry = new ResourceRegistry([]);
        Operations = new ApiOperations(store, registry, new IdentifierSource(options.Seed), options.Time) { BookmarkPeriod = options.BookmarkPeriod };
        _controlPlane = new ControlPlane(Operations, Pending, new ControllerOptions { RootCertificate = rootCertificate });
        Pipeline = new RequestPipeline(Operations, new DiscoveryEndpoint(registry), new ServerInfoEndpoint(options.GitVersion), new Access());
    }

    public ApiOperations Operations { get; }

    public PendingWork Pending { get; } = new();

    public RequestPipeline Pipeline { get; }

    public string? FirstToken { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _controlPlane.Start();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _controlPlane.DisposeAsync();
}
