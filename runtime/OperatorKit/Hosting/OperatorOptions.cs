namespace OperatorKit;

/// <summary>How an operator runs, whatever its controllers. The command line sets the same (see <c>--help</c>).</summary>
public sealed class OperatorOptions
{
    /// <summary>Name of the operator: its Lease, and the role in hints. Default: the entry assembly's name in lower case.</summary>
    public string Name { get; set; } = AppDomain.CurrentDomain.FriendlyName.ToLowerInvariant();

    /// <summary>Namespaces to watch: names, patterns as in <c>team-*</c>, and exclusions as in <c>!kube-*</c>, the last that matches decides. Empty: all.</summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>The share of the objects that this replica handles. Default: null, which is all of them.</summary>
    public Shard? Shard { get; set; }

    /// <summary>Whether replicas elect one that works. Default: false; the command line turns it on inside a cluster.</summary>
    public bool LeaderElection { get; set; }

    /// <summary>How the replicas elect.</summary>
    public LeaseOptions Lease { get; } = new();

    /// <summary>Port of <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>; null for none. Default: null; inside a cluster the command line makes it 8080.</summary>
    public int? HttpPort { get; set; }

    /// <summary>Whether the port is open to other machines, as a pod's probes need it. Default: false.</summary>
    public bool HttpOnAllAddresses { get; set; }

    /// <summary>How webhooks are served, where the operator has some.</summary>
    public WebhookOptions Webhooks { get; } = new();

    /// <summary>How long the first lists may take before the start fails. Default: 2 minutes.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether to wait, up to <see cref="StartTimeout"/>, for a missing kind or permission to appear instead of failing at once.
    /// Default: false.
    /// </summary>
    public bool WaitForPrerequisites { get; set; }

    /// <summary>How long runs may go on after a stop was asked for; with leader election the lease is renewed for as long. Default: 30 seconds.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether to have lists sent as streams (https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists), which spares the server memory, where it is
    /// of 1.32 or later and does not refuse; elsewhere lists come page by page. Default: true.
    /// </summary>
    public bool StreamLists { get; set; } = true;

    /// <summary>What command line and environment say about each controller, by its name.</summary>
    internal Action<string, ControllerOptions>? ControllerSettings { get; set; }

    internal void Validate()
    {
        Lease.Validate();
        Webhooks.Validate();
        if (HttpPort is < 0 or > 65535)
            throw new InvalidOperationException($"OperatorOptions.{nameof(HttpPort)} is {HttpPort}; it must be from 0 to 65535.");
        if (StopGrace < TimeSpan.Zero)
            throw new InvalidOperationException($"OperatorOptions.{nameof(StopGrace)} is {StopGrace}; it must not be negative.");
        if (StartTimeout <= TimeSpan.Zero)
            throw new InvalidOperationException($"OperatorOptions.{nameof(StartTimeout)} is {StartTimeout}; it must be above zero.");
    }
}
