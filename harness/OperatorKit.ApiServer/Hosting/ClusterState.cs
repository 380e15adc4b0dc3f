using OperatorKit.ApiServer.Authentication;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Discovery;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.OpenApi;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Requests;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>Everything behind the sockets: the store, the verbs on it, the controllers and the request pipeline, put together.</summary>
internal sealed class ClusterState : IAsyncDisposable
{
    private readonly ControlPlane _controlPlane;
    private readonly ClientCertificates? _certificates;

    public ClusterState(ApiServerOptions options, string rootCertificate)
    {
        var loops = new Loops(options.Scheduler);
        Turns = options.TakeTurns ? new Turns(Pending.WhenIdleAsync) : null;
        var store = new Store(new StoreOptions { HistoryLength = options.HistoryLength, WakeInline = loops.WakeInline });
        var registry = new ResourceRegistry([.. BuiltInResources.All.Select(DefinitionTraits.Extend)]);
        var identifiers = new IdentifierSource(options.Seed);
        Operations = new ApiOperations(store, registry, identifiers, options.Time) { BookmarkPeriod = options.BookmarkPeriod, Loops = loops };
        var tokens = options.TokenFile is null ? null : TokenFile.Parse(File.ReadAllText(options.TokenFile));
        FirstToken = tokens?.FirstToken;
        _certificates = options.ClientCaFile is null ? null : new ClientCertificates(ClientCertificates.ReadAuthorities(File.ReadAllText(options.ClientCaFile)), options.Time);
        _controlPlane = new ControlPlane(Operations, Pending, identifiers, new ControllerOptions
        {
            RootCertificate = rootCertificate.Length == 0 ? "" : rootCertificate.TrimEnd() + "\n",
            Tokens = tokens,
            Certificates = _certificates,
            Workloads = options.Workloads ? options.Simulation : null,
            GarbageCollection = options.GarbageCollection,
            Namespaces = options.NamespaceControllers,
            ResolveService = options.ResolveService,
            WebhookNetwork = options.WebhookNetwork,
            Loops = loops,
            Turns = Turns,
        });
        var openApi = new OpenApiEndpoint(new OpenApiPublisher(registry, options.GitVersion), options.Time);
        Pipeline = new RequestPipeline(Operations, new DiscoveryEndpoint(registry), new ServerInfoEndpoint(options.GitVersion), openApi, _controlPlane.Access);
    }

    public ApiOperations Operations { get; }

    public PendingWork Pending { get; } = new();

    /// <summary>Whose turn it is; null where requests and controllers run side by side.</summary>
    public Turns? Turns { get; }

    public RequestPipeline Pipeline { get; }

    public string? FirstToken { get; }

    public void Start() => _controlPlane.Start();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync().ConfigureAwait(false);
        _certificates?.Dispose();
    }
}
