using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of the cluster's own objects: configuration, nodes, access, admission, scaling.</summary>
internal static class ClusterColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static TableLayout NameAndAge { get; } = new(Cells.Name, Cells.Age);

    public static TableLayout Generic { get; } = new(Cells.Name, Cells.CreatedAt) { NullWhenEmpty = true };

    public static TableLayout Namespace { get; } = new(Cells.Name, Cells.Text("Status", "Whether the namespace is in use or going.", static obj => obj.StringAt("status", "phase")), Cells.Age);

    public static TableLayout ConfigMap { get; } = new(
        Cells.Name,
        Cells.Count("Data", "How many entries it has.", static obj => (obj.ObjectAt("data")?.Count ?? 0) + (obj.ObjectAt("binaryData")?.Count ?? 0)),
        Cells.Age);

    public static TableLayout Secret { get; } = new(
        Cells.Name,
        Cells.Text("Type", "What the secret is for.", static obj => obj.StringAt("type")),
        Cells.Count("Data", "How many entries it has.", static obj => obj.ObjectAt("data")?.Count ?? 0),
        Cells.Age);

    public static TableLayout Node { get; } = new(
        Cells.Name,
        Cells.Text("Status", "Whether the node takes pods.", NodeStatus),
        Cells.Text("Roles", "What the node is for.", NodeRoles),
        Cells.Age,
        Cells.Text("Version", "The version of its kubelet.", static obj => obj.StringAt("status", "nodeInfo", "kubeletVersion")),
        Cells.Wide("Internal-IP", "Its address inside the cluster.", static obj => NodeAddress(obj, "InternalIP")),
        Cells.Wide("External-IP", "Its address outside the cluster.", static obj => NodeAddress(obj, "ExternalIP")),
        Cells.Wide("OS-Image", "Its operating system.", static obj => obj.StringAt("status", "nodeInfo", "osImage").Or(Cells.Unknown)),
        Cells.Wide("Kernel-Version", "Its kernel.", static obj => obj.StringAt("status", "nodeInfo", "kernelVersion").Or(Cells.Unknown)
            + (obj.StringAt("status", "nodeInfo", "architecture") is { Length: > 0 } architecture ? $" ({architecture})" : "")),
        Cells.Wide("Container-Runtime", "What runs its containers.", static obj => obj.StringAt("status", "nodeInfo", "containerRuntimeVersion").Or(Cells.Unknown)));

    public static TableLayout Lease { get; } = new(Cells.Name, Cells.Text("Holder", "Who holds the lease.", static obj => obj.StringAt("spec", "holderIdentity")), Cells.Age);

    public static TableLayout Event { get; } = new(
        new TableColumn("Last Seen", "string", "How long ago it last happened.", 0, static (obj, now) => LastSeen(obj, now)),
        Cells.Text("Type", "Whether it is a warning.", static obj => obj.StringAt("type")),
        Cells.Text("Reason", "What happened, in a word.", static obj => obj.StringAt("reason")),
        Cells.Text("Object", "What it happened to.", static obj => string.Join('/', new[] { Involved(obj)?.StringAt("kind")?.ToLowerInvariant(), Involved(obj)?.StringAt("name") }.Where(static part => part is { Length: > 0 }))),
        Cells.Wide("Subobject", "The part that it happened to.", static obj => Involved(obj)?.StringAt("fieldPath")),
        Cells.Wide("Source", "Who reported it.", Source),
        Cells.Text("Message", "What happened.", static obj => (obj.StringAt("message") ?? obj.StringAt("note") ?? "").Trim()),
        new TableColumn("First Seen", "string", "How long ago it first happened.", 1, static (obj, now) => FirstSeen(obj, now)),
        new TableColumn("Count", "string", "How often it happened.", 1, static (obj, _) => obj.LongAt("series", "count") ?? obj.LongAt("count") ?? obj.LongAt("deprecatedCount") ?? 1),
        Cells.Name with { Priority = 1 });

    public static TableLayout RoleBinding { get; } = new(
        Cells.Name,
        Cells.Text("Role", "The role that is given.", static obj => $"{obj.StringAt("roleRef", "kind")}/{obj.StringAt("roleRef", "name")}"),
        Cells.Age,
        Cells.Wide("Users", "The users that get it.", static obj => Subjects(obj, "User")),
        Cells.Wide("Groups", "The groups that get it.", static obj => Subjects(obj, "Group")),
        Cells.Wide("ServiceAccounts", "The service accounts that get it.", static obj => string.Join(", ", obj.Objects("subjects").Where(static subject => subject.StringAt("kind") == "ServiceAccount").Select(static subject => $"{subject.StringAt("namespace")}/{subject.StringAt("name")}"))));

    public static TableLayout Webhooks { get; } = new(Cells.Name, new TableColumn("Webhooks", "integer", "How many webhooks it has.", 0, static (obj, _) => obj.ArrayAt("webhooks")?.Count ?? 0), Cells.Age);

    public static TableLayout PriorityClass { get; } = new(
        Cells.Name,
        Cells.Number("Value", "The priority of its pods.", "value"),
        Cells.Flag("Global-Default", "Whether pods without a class get it.", "globalDefault"),
        Cells.Age,
        Cells.Text("PreemptionPolicy", "Whether its pods push others off.", static obj => obj.StringAt("preemptionPolicy")));

    public static TableLayout RuntimeClass { get; } = new(Cells.Name, Cells.Text("Handler", "The runtime's name on the node.", static obj => obj.StringAt("handler")), Cells.Age);

    public static TableLayout Autoscaler { get; } = new(
        Cells.Name,
        Cells.Text("Reference", "What is scaled.", static obj => $"{obj.StringAt("spec", "scaleTargetRef", "kind")}/{obj.StringAt("spec", "scaleTargetRef", "name")}"),
        Cells.Text("Targets", "The measured values and those aimed at.", AutoscalerColumns.Targets),
        Cells.Text("MinPods", "The fewest pods.", static obj => Cells.Plain(obj.At("spec", "minReplicas")).Or(Cells.Unset)),
        Cells.Count("MaxPods", "The most pods.", static obj => obj.LongAt("spec", "maxReplicas") ?? 0),
        Cells.Count("Replicas", "The pods that are there.", static obj => obj.LongAt("status", "currentReplicas") ?? 0),
        Cells.Age);

    public static TableLayout ResourceQuota { get; } = new(
        Cells.Name,
        Cells.Text("Request", "What is asked for, of what may be.", static obj => Quotas(obj, static name => !name.StartsWith("limits", StringComparison.Ordinal))),
        Cells.Text("Limit", "The limits that are set, of what may be.", static obj => Quotas(obj, static name => name.StartsWith("limits", StringComparison.Ordinal))),
        Cells.Age);

    private static string NodeStatus(JsonObject node)
    {
        var ready = node.Objects("status", "conditions").FirstOrDefault(static condition => condition.StringAt("type") == "Ready")?.StringAt("status");
        var status = ready is null ? "Unknown" : ready == "True" ? "Ready" : "NotReady";
        return node.BoolAt("spec", "unschedulable") == true ? status + ",SchedulingDisabled" : status;
    }

    private static string NodeRoles(JsonObject node)
    {
        var roles = (node.ObjectAt("metadata", "labels") ?? JsonObject.Empty)
            .Select(static label => label.Key.StartsWith(RolePrefix, StringComparison.Ordinal) ? label.Key[RolePrefix.Length..] : label.Key == "kubernetes.io/role" ? Cells.Plain(label.Value) ?? "" : "")
            .Where(static role => role.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return string.Join(',', roles).Or(Cells.None);
    }

    private static string NodeAddress(JsonObject node, string type) =>
        (node.Objects("status", "addresses").FirstOrDefault(address => address.StringAt("type") == type)?.StringAt("address")).Or(Cells.None);

    private static string FirstSeen(JsonObject obj, DateTimeOffset now) =>
        HumanDuration.Since(obj.StringAt("firstTimestamp") ?? obj.StringAt("deprecatedFirstTimestamp") ?? obj.StringAt("eventTime"), now);

    private static string LastSeen(JsonObject obj, DateTimeOffset now)
    {
        var time = obj.StringAt("series", "lastObservedTime") ?? obj.StringAt("lastTimestamp") ?? obj.StringAt("deprecatedLastTimestamp");
        return time is null ? FirstSeen(obj, now) : HumanDuration.Since(time, now);
    }

    private static JsonObject? Involved(JsonObject obj) => obj.ObjectAt("involvedObject") ?? obj.ObjectAt("regarding");

    private static string Source(JsonObject obj)
    {
        var component = obj.StringAt("reportingComponent").Or(obj.StringAt("reportingController").Or(obj.StringAt("source", "component") ?? ""));
        var host = obj.StringAt("source", "host").Or(obj.StringAt("reportingInstance") ?? "");
        return host.Length > 0 ? $"{component}, {host}" : component;
    }

    private static string Subjects(JsonObject binding, string kind) =>
        string.Join(", ", binding.Objects("subjects").Where(subject => subject.StringAt("kind") == kind).Select(static subject => subject.StringAt("name")));

    private static string Quotas(JsonObject quota, Func<string, bool> shown) => string.Join(", ", (quota.ObjectAt("status", "hard") ?? JsonObject.Empty)
        .Where(hard => shown(hard.Key))
        .OrderBy(static hard => hard.Key, StringComparer.Ordinal)
        .Select(hard => $"{hard.Key}: {Cells.Plain(quota.At("status", "used", hard.Key)).Or("0")}/{Cells.Plain(hard.Value)}"));
}
