using OperatorKit.Client;
using OperatorKit.Conditions;
using OperatorKit.Eventing;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Queueing;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>What controllers are built from.</summary>
internal sealed record ControllerParts(
    KubernetesClient Client, CacheSet Caches, EventRecorder Events, OperatorMetrics Metrics, OperatorServices Services, string Identity)
{
    /// <summary>The namespaces that a controller watches.</summary>
    public IReadOnlyList<string> NamespacesOf(ControllerOptions options) => [.. options.Namespaces.Count > 0 ? options.Namespaces : Services.Options.Namespaces];
}

/// <summary>What <see cref="OperatorBuilder"/> knows about one controller.</summary>
internal abstract record ControllerRegistration(
    string Name, ResourceDefinition Definition, HandlerMethods Methods, IReadOnlyList<OwnedKind> Owns, ControllerOptions Options)
{
    /// <summary>The CustomResourceDefinition of the kind, as JSON.</summary>
    public abstract ReadOnlyMemory<byte> CustomResourceDefinition { get; }

    /// <summary>The finalizer that holds an object until its deletion is handled.</summary>
    public string Finalizer => Options.Finalizer ?? $"{Definition.Group}/{Name}-finalizer";

    /// <summary>Makes the controller.</summary>
    /// <param name="parts">What from.</param>
    /// <param name="siblings">The controllers of its kind, this one included, in order.</param>
    public abstract IController Build(ControllerParts parts, IReadOnlyList<ControllerRegistration> siblings);

    /// <summary>Told of each call of a method; null where nobody wants to know.</summary>
    public HandlerProbe? Probe { get; init; }

    /// <summary>What the controller needs beyond its lists.</summary>
    public IEnumerable<Right> Rights(ControllerParts parts) => parts.NamespacesOf(Options) is var namespaces && new NamespaceSet(namespaces).IsPattern
        ? [] // Which namespaces those are, and what may be done there, changes.
        : Right.Of(Definition, Methods, Owns, namespaces);
}

internal sealed record ControllerRegistration<TResource>(
    string Name,
    HandlerMethods Methods,
    IReadOnlyList<OwnedKind> Owns,
    IReadOnlyList<Hook<TResource>> Hooks,
    Func<IServiceProvider, IResourceHandler<TResource>> CreateHandler,
    ControllerOptions Options)
    : ControllerRegistration(Name, TResource.Definition, Methods, Owns, Options)
    where TResource : CustomResource, ICustomResource<TResource>
{
    public override ReadOnlyMemory<byte> CustomResourceDefinition => TResource.CustomResourceDefinitionJson.ToArray();

    public override IController Build(ControllerParts parts, IReadOnlyList<ControllerRegistration> siblings)
    {
        var (given, time) = (parts.Services, parts.Services.Time);
        var namespaces = parts.NamespacesOf(Options);
        var logger = given.Loggers.CreateLogger($"OperatorKit.{Name}");
        var cache = CacheOf(parts, namespaces);
        var services = new RunServices(parts.Client, new RunCaches(), new OwnWrites(), parts.Events, Name, logger, time)
        {
            RequireOwner = new LiveOwner<TResource>(parts.Client, cache, Name).RequireAsync,
        };
        services.Caches.Add(cache);
        var place = ProgressPlace.Of(Name, Options, Definition, [.. siblings.Select(static sibling => (sibling.Name, sibling.Options))]);
        var metrics = new ControllerMetrics(parts.Metrics, Name, Options.Concurrency);
        var handler = CreateHandler(given.Provider);
        var hooks = new HookSet<TResource>(Hooks, handler);
        var gates = new ObjectGates();
        var calls = new HandlerCalls<TResource>(services, Options.HandlerTimeout, metrics, given, parts.Identity, Probe);
        var retry = new ConflictRetry<TResource>(parts.Client, cache, services.OwnWrites, Name);
        var status = new StatusWriter<TResource>(parts.Client, retry, Name, place, time);
        var backOff = new BackOff(Options.BackOffInitial, Options.BackOffLimit);
        var timers = new Timers<TResource>(
            hooks, cache, calls, status, gates, given,
            run => new Workers<HookKey>(run, Options.Concurrency, backOff, given, new QueueMetrics(parts.Metrics, $"{Name}-timers")));
        var daemons = new Daemons<TResource>(hooks, cache, calls, status, backOff, given);
        var reconciler = new Reconciler<TResource>(
            this, new ReconcilerParts<TResource>(handler, hooks, cache, calls, status, retry, timers, daemons, metrics, time));
        var controller = new Controller<TResource>(
            this, cache, reconciler, new Beside<TResource>(timers, daemons, gates), services.OwnWrites, new QueueMetrics(parts.Metrics, Name), given, logger);
        foreach (var owned in Owns)
        {
            owned.Connect(controller, parts.Caches, services.Caches, namespaces, Options);
        }

        foreach (var watched in Options.Watched)
        {
            watched.Connect(controller, parts.Caches, services.Caches, namespaces, Options);
        }

        return controller;
    }

    private KindCache<TResource> CacheOf(ControllerParts parts, IReadOnlyList<string> namespaces)
    {
        var options = Options.CacheOf<TResource>();
        if (options.MetadataOnly)
            throw new InvalidOperationException($"Controller {Name} handles {Definition.Kind} and needs more of it than its metadata: leave {nameof(options.MetadataOnly)} to kinds that it owns or watches.");
        var selector = options.LabelSelector ?? Options.LabelSelector;
        var form = CachedForm<TResource>.Of(options, parts.Services.Options.Shard is { } shard ? shard.Selector(selector) : selector);
        return parts.Caches.Of(namespaces, form, options.Indexes);
    }
}
