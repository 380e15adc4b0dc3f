using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Testing.Simulations.Network;
using OperatorKit.Testing.Simulations.Running;
using OperatorKit.Webhooks;

namespace OperatorKit.Testing.Simulations;

/// <summary>One process of the operator under test.</summary>
internal sealed class Replica : IDisposable
{
    /// <summary>The operator's name, and so its Lease's.</summary>
    public const string OperatorName = "operator";

    private static readonly TimeSpan RestartAfterFailure = TimeSpan.FromSeconds(2);

    private readonly ReplicaSlot _slot;
    private readonly ReplicaTransport _transport;
    private readonly OperatorMetrics _metrics = new();
    private OperatorHost? _host;

    public Replica(ReplicaSlot slot, string name)
    {
        _slot = slot;
        Actor = new Actor(name, slot.World.Loop);
        Actor.Clock.Skew = slot.Skew;
        _transport = new ReplicaTransport(this, slot);
    }

    public Actor Actor { get; }

    public string Name => Actor.Name;

    public Shard? Shard => _slot.Shard;

    /// <summary>What answers reviews; null before it has got so far.</summary>
    public WebhookApplication? Webhooks { get; private set; }

    public void Start() => Actor.Loop.Post(Actor, () => _ = StartAsync());

    public void Stop(Action stopped) => Actor.Loop.Post(Actor, () => _ = StopAsync(stopped));

    /// <summary>Ends it at once: what it has under way on the server goes on, and its connections break.</summary>
    public void Dispose()
    {
        Actor.Die();
        _slot.World.Reviews.Disconnect(this);
        _transport.Disconnect();
        _transport.Dispose();
        _metrics.Dispose();
    }

    public void CutWatches() => _transport.CutWatches();

    /// <summary>Ends the watches of a path with 410.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Expire(string path) => _transport.Expire(path);

    private async Task StartAsync()
    {
        var world = _slot.World;
        world.Story.Add(Name, "starts");
        var seed = HashCode(Name, world.Plan.Seed);
        var client = new KubernetesClient(
            new ClusterConnection { Server = world.Server.Address, Source = "the simulated cluster" },
            new KubernetesClientOptions { Handler = _transport, TimeProvider = Actor.Clock, Jitter = new Random(seed) });
        var options = new OperatorOptions { WaitForPrerequisites = true };
        world.Subject.Options.Configure?.Invoke(options);
        options.Shard = Shard;
        (options.Name, options.LeaderElection, options.Lease.Name) = (OperatorName, world.ElectsLeader, null);
        options.Lease.Namespace = "default";
        options.Lease.Identity = Name;
        var services = new OperatorServices(
            options,
            world.Subject.Options.Services?.Invoke(Actor.Clock) ?? NoServices.Instance,
            world.Story,
            Actor.Clock,
            new Random(seed + 1),
            Actor.Scheduler)
        { Metrics = _metrics, ServeWebhooks = webhooks => Webhooks = webhooks };
        try
        {
            _host = await OperatorHost.StartAsync(client, Configure, services, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperatorStartException or KubernetesException)
        {
            // As in a cluster: the process ends with an error and is started again.
            world.Story.Add(Name, $"cannot start: {exception.Message}");
            _slot.Kill(RestartAfterFailure);
        }
        catch (Exception exception)
        {
            world.Break("the operator starts", exception.ToString());
        }
    }

    private void Configure(OperatorBuilder builder)
    {
        _slot.World.Subject.Configure(builder);
        builder.Probe((controller, resource, method) => _slot.World.Called(Actor, controller, resource, method));
    }

    private async Task StopAsync(Action stopped)
    {
        if (_host is { } host)
            await host.StopAsync().ConfigureAwait(false);
        stopped();
    }

    private static int HashCode(string text, int seed) => (int)Chance.Mix((ulong)(uint)seed, text.Aggregate(17UL, static (hash, letter) => (hash * 31) + letter));
}
