namespace OperatorKit.ApiServer;

/// <summary>
/// The faults of a server. The first rule that is for a request takes effect; a delay lets the next ones apply too.
/// </summary>
/// <example><c>server.Faults.Add(new(request => request is { Verb: "update", Resource: "leases" }, Fault.Conflict()) { Times = 1 });</c></example>
public sealed class FaultInjector
{
    private readonly Lock _lock = new();
    private readonly List<Active> _rules = [];

    /// <summary>Adds a rule after those that are there.</summary>
    /// <returns>Disposing it takes the rule away again.</returns>
    public IDisposable Add(FaultRule rule)
    {
        var active = new Active(this, rule, rule.Times);
        lock (_lock)
            _rules.Add(active);
        return active;
    }

    /// <summary>Takes all rules away.</summary>
    public void Clear()
    {
        lock (_lock)
            _rules.Clear();
    }

    /// <summary>What goes wrong with a request, in order; each use of a rule counts.</summary>
    internal IReadOnlyList<Fault> For(ApiRequest request)
    {
        List<Fault>? faults = null;
        lock (_lock)
        {
            foreach (var active in _rules)
            {
                if (active.Left == 0 || !active.Rule.When(request))
                    continue;
                active.Left--;
                (faults ??= []).Add(active.Rule.Fault);
                if (active.Rule.Fault is not DelayFault)
                    break;
            }

            _rules.RemoveAll(static active => active.Left == 0);
        }

        return faults ?? (IReadOnlyList<Fault>)[];
    }

    private sealed class Active(FaultInjector owner, FaultRule rule, int? times) : IDisposable
    {
        public FaultRule Rule { get; } = rule;

        /// <summary>Uses that are left; null for any number.</summary>
        public int? Left { get; set; } = times;

        public void Dispose()
        {
            lock (owner._lock)
                owner._rules.Remove(this);
        }
    }
}
