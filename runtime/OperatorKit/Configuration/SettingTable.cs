using System.Text;

namespace OperatorKit.Configuration;

/// <summary>Every setting of an operator. Help and the table in docs/operator.md show the same.</summary>
internal static class SettingTable
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("--kubeconfig", "FILE", "OPERATORKIT_KUBECONFIG", "the pod's account", "the cluster to work on", static (to, value) => to.Kubeconfig = value.NotEmpty()),
        new("--context", "NAME", "OPERATORKIT_CONTEXT", "the file's current one", "a context of that file", static (to, value) => to.Context = value.NotEmpty()),
        new("--namespace", "NAME", "OPERATORKIT_NAMESPACES", "all", "watch these namespaces only", static (to, value) => to.Namespaces.Add(value.NotEmpty())) { IsList = true },
        new("--label-selector", "SELECTOR", "OPERATORKIT_LABEL_SELECTOR", "all objects", "handle objects with these labels only", static (to, value) => to.LabelSelector = value.NotEmpty()),
        new("--concurrency", "N", "OPERATORKIT_CONCURRENCY", "16", "objects that a controller handles at the same time", static (to, value) => to.Concurrency = value.Number(1, 10_000, "a number of objects")),
        new("--handler-timeout", "TIME", "OPERATORKIT_HANDLER_TIMEOUT", "5m", "how long a handler may take", static (to, value) => to.HandlerTimeout = value.Duration()),
        new("--resync-period", "TIME", "OPERATORKIT_RESYNC_PERIOD", "10h", "handle every object again after this time; 0s never", static (to, value) => to.ResyncPeriod = value.Duration()),
        new("--shard", "I/N", "OPERATORKIT_SHARD", "all objects", "handle the share I, from 0, of N", static (to, value) => to.Shard = value.Shard()),
        new("--shard-label", "KEY", "OPERATORKIT_SHARD_LABEL", "a hash of the name", "label whose value is the share of an object", static (to, value) => to.ShardLabel = value.NotEmpty()),
        new("--leader-elect", null, "OPERATORKIT_LEADER_ELECT", "on in a pod", "let replicas elect one that works", static (to, value) => to.LeaderElection = value.IsTrue()),
        new("--lease-name", "NAME", "OPERATORKIT_LEASE_NAME", "the operator's name", "the Lease of the election", static (to, value) => to.LeaseName = value.NotEmpty()),
        new("--lease-namespace", "NAME", "OPERATORKIT_LEASE_NAMESPACE", "the pod's", "its namespace", static (to, value) => to.LeaseNamespace = value.NotEmpty()),
        new("--lease-duration", "TIME", "OPERATORKIT_LEASE_DURATION", "15s", "a lease that was not renewed for so long is free", static (to, value) => to.LeaseDuration = value.Duration()),
        new("--lease-renew-deadline", "TIME", "OPERATORKIT_LEASE_RENEW_DEADLINE", "10s", "a leader that cannot renew for so long stops", static (to, value) => to.RenewDeadline = value.Duration()),
        new("--lease-retry-period", "TIME", "OPERATORKIT_LEASE_RETRY_PERIOD", "2s", "wait between two looks at the lease", static (to, value) => to.RetryPeriod = value.Duration()),
        new("--http-port", "PORT", "OPERATORKIT_HTTP_PORT", "8080 in a pod, off elsewhere", "serve /healthz, /readyz and /metrics; 0 turns it off", static (to, value) => to.HttpPort = value.Number(0, 65535, "a port")),
        new("--webhook-port", "PORT", "OPERATORKIT_WEBHOOK_PORT", "9443 in a pod, off elsewhere", "serve webhooks, where there are some; 0 turns it off", static (to, value) => to.WebhookPort = value.Number(0, 65535, "a port")),
        new("--webhook-certificates", "DIR", "OPERATORKIT_WEBHOOK_CERTIFICATES", "made and renewed", "a folder with tls.crt and tls.key", static (to, value) => to.WebhookCertificates = value.NotEmpty()),
        new("--start-timeout", "TIME", "OPERATORKIT_START_TIMEOUT", "2m", "how long the first lists may take", static (to, value) => to.StartTimeout = value.Duration()),
        new("--stop-grace", "TIME", "OPERATORKIT_STOP_GRACE", "30s", "how long runs may go on after a stop was asked for", static (to, value) => to.StopGrace = value.Duration()),
        new("--wait", null, "OPERATORKIT_WAIT", "off", "wait for missing kinds and permissions instead of failing", static (to, value) => to.Wait = value.IsTrue()),
        new("--verbose", null, "OPERATORKIT_VERBOSE", "off", "log each run", static (to, value) => to.Verbose = value.IsTrue()),
    ];

    /// <summary>What <c>--help</c> shows.</summary>
    public static string Help()
    {
        var width = All.Max(static setting => setting.Usage.Length);
        var text = new StringBuilder("Runs the operator until it is stopped (Ctrl+C, SIGTERM).\n\n");
        foreach (var setting in All)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {setting.Usage.PadRight(width)}  {setting.Description}{(setting.IsList ? "; may be repeated" : "")} [{setting.Default}]\n");
        }

        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {"--help".PadRight(width)}  show this\n\n");
        return text.Append("A switch takes true or false too (--wait=false), and --no-wait is short for the latter. Each option can be set in the\n"
            + "environment, as in OPERATORKIT_HTTP_PORT=8080 and OPERATORKIT_NAMESPACES=one,two; the command line goes before it.").ToString();
    }
}
