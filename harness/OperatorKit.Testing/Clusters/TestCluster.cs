using System.Runtime.CompilerServices;
using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Testing.Assertions;
using OperatorKit.Testing.Clusters;

namespace OperatorKit.Testing;

/// <summary>
/// A Kubernetes cluster for tests. Which kind is chosen outside the test, by the environment variable <c>OPERATORKIT_CLUSTER</c>,
/// so that one test runs on all of them.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(60);

    private readonly ICluster _cluster;
    private readonly OperatorLog _log = new();
    private readonly RequestLog _requests = new();
    private readonly TimeProvider _time;

    private TestCluster(ClusterProvider provider, ICluster cluster, TestClusterOptions options)
    {
        Provider = provider;
        _cluster = cluster;
        _time = options.Time;
        Patience = options.Patience ?? (provider == ClusterProvider.Embedded ? Quick : Slow);
        Client = new KubernetesClient(cluster.Connection, new KubernetesClientOptions
        {
            Handler = cluster.Handler,
            TimeProvider = options.Time,
            OnRequest = _requests.Add,
        });
    }

    /// <summary>What the cluster runs on.</summary>
    public ClusterProvider Provider { get; }

    /// <summary>A client with every right.</summary>
    public KubernetesClient Client { get; }

    /// <summary>The API server of an embedded cluster: faults, its timeline, stop and start again. Null on all others.</summary>
    public KubernetesApiServer? Server => _cluster.Server;

    /// <summary>A kubeconfig for the cluster, as text.</summary>
    /// <exception cref="InvalidOperationException">The cluster is in memory and has no address.</exception>
    public string Kubeconfig => _cluster.Kubeconfig;

    /// <summary>Whether Deployments and ReplicaSets get pods, and objects without their owner go: not so with envtest.</summary>
    public bool HasWorkloads => _cluster.HasWorkloads;

    /// <summary>How long <c>EventuallyAsync</c> waits.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Starts a cluster.</summary>
    /// <param name="options">What the test needs; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The cluster; disposing it ends it, unless it existed before.</returns>
    public static async Task<TestCluster> StartAsync(TestClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TestClusterOptions();
        var provider = ClusterChoice.Of(options, Environment.GetEnvironmentVariable(ClusterChoice.Variable));
        return new TestCluster(provider, await ClusterChoice.StartAsync(provider, options, cancellationToken), options);
    }

    /// <summary>Installs the definition of a kind and waits until it is served.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="cancellationToken">Gives up.</param>
    public Task InstallAsync<T>(CancellationToken cancellationToken = default)
        where T : CustomResource, ICustomResource<T> => Client.InstallAsync<T>(cancellationToken);

    /// <summary>Makes a namespace for one test.</summary>
    /// <param name="prefix">What its name begins with. Default: <c>test</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The namespace; disposing it deletes it with all that is in it.</returns>
    public async Task<TestNamespace> CreateNamespaceAsync(string prefix = "test", CancellationToken cancellationToken = default)
    {
        var created = await Client.Namespaces().CreateAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { GenerateName = prefix + "-" } }, cancellationToken: cancellationToken);
        return new TestNamespace(this, created.Metadata.Name!);
    }

    /// <summary>
    /// Starts an operator against the cluster. What it asks and logs is shown when an <c>EventuallyAsync</c> fails. Webhooks are served on the loopback
    /// address where the API server runs on this machine, unless the options have a port for them.
    /// </summary>
    /// <param name="configure">Adds the controllers, as in <c>operators => operators.AddSimpleAppOperator()</c>.</param>
    /// <param name="options">How to run; null takes the defaults.</param>
    /// <param name="services">What handlers are made from. Default: nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The operator; disposing it stops it.</returns>
    public Task<OperatorHost> RunOperatorAsync(
        Action<OperatorBuilder> configure, OperatorOptions? options = null, IServiceProvider? services = null, CancellationToken cancellationToken = default)
    {
        options ??= new OperatorOptions();
        if (Provider is ClusterProvider.Embedded or ClusterProvider.EnvTest && options.Webhooks.Port is null)
            options.Webhooks.OnLoopback = true;
        return OperatorHost.StartAsync(Client, configure, options, services, _log, _time, cancellationToken: cancellationToken);
    }

    /// <summary>Waits until an object meets a condition. Looks at each change as it happens; never sleeps.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="namespace">Its namespace; null for a kind of the cluster.</param>
    /// <param name="name">Its name.</param>
    /// <param name="condition">What must be true of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="text">The condition's source text, for the failure.</param>
    /// <returns>The object that meets it.</returns>
    /// <exception cref="EventuallyException">It did not within <see cref="Patience"/>; the message shows the object as it was last.</exception>
    public Task<T> EventuallyAsync<T>(
        string? @namespace, string name, Func<T, bool> condition, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(condition))] string text = "")
        where T : class, IKubernetesResource<T> =>
        new Eventually<T>(Client.Resource<T>(@namespace), name, Patience, ExplainAsync).MeetsAsync(condition, text, cancellationToken);

    /// <summary>Waits until there is no object of a name.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="namespace">Its namespace; null for a kind of the cluster.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EventuallyException">It was still there after <see cref="Patience"/>; the message shows it.</exception>
    public Task EventuallyGoneAsync<T>(string? @namespace, string name, CancellationToken cancellationToken = default)
        where T : class, IKubernetesResource<T> =>
        new Eventually<T>(Client.Resource<T>(@namespace), name, Patience, ExplainAsync).IsGoneAsync(cancellationToken);

    /// <summary>
    /// What happened, for a person who asks why a test fails: the requests that touched a namespace (on an embedded cluster also how its
    /// objects changed), the Events in it, and what operators logged.
    /// </summary>
    /// <param name="namespace">The namespace; null is all.</param>
    /// <returns>Lines of text.</returns>
    public async Task<string> ExplainAsync(string? @namespace = null) =>
        (_cluster.Server is { } server ? ServerTimeline.Describe(server.Timeline, @namespace) : _requests.Describe(@namespace)) + await EventListing.DescribeAsync(Client, @namespace) + _log.Describe();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _cluster.DisposeAsync();
    }
}
