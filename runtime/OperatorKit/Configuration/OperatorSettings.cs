namespace OperatorKit.Configuration;

/// <summary>What the command line and the environment say; null where neither says anything.</summary>
internal sealed class OperatorSettings
{
    public string? Kubeconfig { get; set; }

    public string? Context { get; set; }

    public List<string> Namespaces { get; } = [];

    public string? LabelSelector { get; set; }

    public int? Concurrency { get; set; }

    public TimeSpan? HandlerTimeout { get; set; }

    public TimeSpan? ResyncPeriod { get; set; }

    public Shard? Shard { get; set; }

    public string? ShardLabel { get; set; }

    public bool? LeaderElection { get; set; }

    public string? LeaseName { get; set; }

    public string? LeaseNamespace { get; set; }

    public TimeSpan? LeaseDuration { get; set; }

    public TimeSpan? RenewDeadline { get; set; }

    public TimeSpan? RetryPeriod { get; set; }

    public int? HttpPort { get; set; }

    public int? WebhookPort { get; set; }

    public string? WebhookCertificates { get; set; }

    public TimeSpan? StartTimeout { get; set; }

    public TimeSpan? StopGrace { get; set; }

    public bool? Wait { get; set; }

    public bool Verbose { get; set; }

    public bool ShowHelp { get; set; }

    /// <summary>Puts what was said over what the code says.</summary>
    /// <exception cref="SettingException">The options do not go together.</exception>
    public void ApplyTo(OperatorOptions options)
    {
        Replace(options.Namespaces, Namespaces);
        options.LeaderElection = LeaderElection ?? options.LeaderElection;
        options.Lease.Name = LeaseName ?? options.Lease.Name;
        options.Lease.Namespace = LeaseNamespace ?? options.Lease.Namespace;
        options.Lease.Duration = LeaseDuration ?? options.Lease.Duration;
        options.Lease.RenewDeadline = RenewDeadline ?? options.Lease.RenewDeadline;
        options.Lease.RetryPeriod = RetryPeriod ?? options.Lease.RetryPeriod;
        options.HttpPort = HttpPort is 0 ? null : HttpPort ?? options.HttpPort;
        options.Webhooks.Port = WebhookPort is 0 ? null : WebhookPort ?? options.Webhooks.Port;
        options.Webhooks.CertificateDirectory = WebhookCertificates ?? options.Webhooks.CertificateDirectory;
        options.StartTimeout = StartTimeout ?? options.StartTimeout;
        options.StopGrace = StopGrace ?? options.StopGrace;
        options.WaitForPrerequisites = Wait ?? options.WaitForPrerequisites;
        options.Shard = Shard ?? options.Shard;
        if (ShardLabel is not null)
            options.Shard = options.Shard is { } shard ? shard with { Label = ShardLabel } : throw new SettingException("--shard-label needs --shard, as in --shard 0/3.");
        options.ControllerSettings = ApplyTo;
        Check(options.Validate);
    }

    private void ApplyTo(string controller, ControllerOptions options)
    {
        Replace(options.Namespaces, Namespaces);
        options.LabelSelector = LabelSelector ?? options.LabelSelector;
        options.Concurrency = Concurrency ?? options.Concurrency;
        options.HandlerTimeout = HandlerTimeout ?? options.HandlerTimeout;
        options.ResyncPeriod = ResyncPeriod ?? options.ResyncPeriod;
        Check(() => options.Validate(controller));
    }

    private static void Replace(IList<string> names, List<string> given)
    {
        if (given.Count == 0)
            return;
        names.Clear();
        given.ForEach(names.Add);
    }

    private static void Check(Action validate)
    {
        try
        {
            validate();
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingException(exception.Message);
        }
    }
}
