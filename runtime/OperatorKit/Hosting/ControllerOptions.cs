namespace OperatorKit;

/// <summary>How one controller works. The defaults suit most operators.</summary>
public sealed class ControllerOptions
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    private readonly Dictionary<Type, object> _caches = [];

    /// <summary>Name of the controller: its field manager, its metrics and the reporter of its Events. Default: the kind in lower case.</summary>
    public string? Name { get; set; }

    /// <summary>How many objects are handled at the same time; one object never is twice. Default: 16.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>After this time a handler's cancellation token is cancelled and the run counts as failed. Default: 5 minutes.</summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wait after the first failure of an object; doubles with each one, with jitter. Default: 5 ms.</summary>
    public TimeSpan BackOffInitial { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Longest wait between two tries. Default: 5 minutes.</summary>
    public TimeSpan BackOffLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Namespaces to watch: names, patterns as in <c>team-*</c>, and exclusions as in <c>!kube-*</c>, the last that matches decides. Patterns follow namespaces as they come and go, for which the role
    /// must allow to list and watch namespaces. Empty: the operator's own choice (<c>--namespace</c>), or all.
    /// </summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>Label selector that objects must match to be handled, as in <c>tier=web</c>. Default: all.</summary>
    public string? LabelSelector { get; set; }

    /// <summary>Every object is handled again after this time even if nothing changed, with 10 % jitter; zero turns it off. Default: 10 hours.</summary>
    public TimeSpan ResyncPeriod { get; set; } = TimeSpan.FromHours(10);

    /// <summary>Finalizer of a controller that overrides <c>OnDeleteAsync</c>. Default: <c>{group}/{name}-finalizer</c>.</summary>
    public string? Finalizer { get; set; }

    /// <summary>
    /// Type of the condition that tells whether the controller has succeeded. Default: <c>Ready</c>; for a further controller of the same kind its name
    /// and <c>Ready</c>, as in <c>BackupReady</c>.
    /// </summary>
    public string? Condition { get; set; }

    /// <summary>
    /// Annotation in which the controller notes the generation that it dealt with last, at the cost of one call each time. For kinds without a status, where
    /// otherwise a restart counts as a create. Default: none, for <c>status.observedGeneration</c> tells; for a further controller of the same
    /// kind <c>{group}/{name}-observed-generation</c>.
    /// </summary>
    public string? ProgressAnnotation { get; set; }

    internal IList<WatchedKind> Watched { get; } = [];

    /// <summary>
    /// Watches a kind whose objects concern the controller's without belonging to them, as a Secret does that a spec names. Handlers read
    /// them with <see cref="ReconcileContext{TResource}.Cached"/>.
    /// </summary>
    /// <typeparam name="T">The kind to watch; the operator's role must allow to list and watch it.</typeparam>
    /// <param name="concerns">
    /// The controller's objects that one of them concerns: a name in the same namespace, or <c>namespace/name</c>. Called for the old and the new state
    /// of each change; must be quick.
    /// </param>
    /// <returns>The same options.</returns>
    public ControllerOptions Watch<T>(Func<T, IEnumerable<string>> concerns)
        where T : class, IKubernetesResource<T>
    {
        ArgumentNullException.ThrowIfNull(concerns);
        Watched.Add(new WatchedKind<T>(concerns));
        return this;
    }

    /// <summary>Says what to read of a kind that the controller handles, owns or watches, and what to keep in memory.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The same options.</returns>
    public ControllerOptions Cache<T>(Action<CacheOptions<T>> configure)
        where T : class, IKubernetesResource<T>
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(CacheOf<T>());
        return this;
    }

    internal CacheOptions<T> CacheOf<T>()
        where T : class, IKubernetesResource<T>
    {
        if (!_caches.TryGetValue(typeof(T), out var known))
            _caches[typeof(T)] = known = new CacheOptions<T>();
        return (CacheOptions<T>)known;
    }

    internal void Validate(string controller)
    {
        Require(Concurrency > 0, nameof(Concurrency), "must be at least 1");
        Require(HandlerTimeout > TimeSpan.Zero, nameof(HandlerTimeout), "must be above zero");
        Require(BackOffInitial > TimeSpan.Zero, nameof(BackOffInitial), "must be above zero");
        Require(BackOffLimit >= BackOffInitial, nameof(BackOffLimit), $"must not be below {nameof(BackOffInitial)}");
        Require(ResyncPeriod >= TimeSpan.Zero, nameof(ResyncPeriod), "must not be negative");
        Require(HandlerTimeout <= LongestTimer, nameof(HandlerTimeout), "must not be above 24 days");
        Require(ResyncPeriod <= LongestTimer, nameof(ResyncPeriod), "must not be above 24 days");

        void Require(bool holds, string option, string rule)
        {
            if (!holds)
                throw new InvalidOperationException($"Controller {controller}: {nameof(ControllerOptions)}.{option} {rule}.");
        }
    }
}
