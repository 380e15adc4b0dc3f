using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Quotas;

/// <summary>
/// What objects count towards the quotas of their namespace.
/// See https://kubernetes.io/docs/concepts/policy/resource-quotas/#types-of-resource-quota.
/// </summary>
internal static class QuotaUsage
{
    private const string ByStorageClass = ".storageclass.storage.k8s.io/";
    private const string HugePages = "hugepages-";
    private const string Requests = "requests.";

    private static readonly string[] Counted = ["configmaps", "persistentvolumeclaims", "pods", "replicationcontrollers", "resourcequotas", "secrets", "services"];
    private static readonly string[] Computed = ["cpu", "memory", "ephemeral-storage"];
    private static readonly string[] ServiceNames = ["services.nodeports", "services.loadbalancers"];

    /// <summary>Amounts that every container has to name where a quota limits them; others count as nothing when they are left out.</summary>
    private static readonly string[] Demanded = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>Whether objects of a resource can count towards a name in <c>spec.hard</c>.</summary>
    public static bool Concerns(GroupResource resource, string name)
    {
        if (name == CountOf(resource) || (resource.Group.Length == 0 && name == resource.Resource && Counted.Contains(name)))
            return true;
        if (resource == WellKnown.Pods)
            return IsComputed(name) || name.StartsWith(HugePages, StringComparison.Ordinal) || (name.StartsWith(Requests, StringComparison.Ordinal) && IsExtended(name[Requests.Length..]));
        if (resource == WellKnown.PersistentVolumeClaims)
            return name == "requests.storage" || (name.Contains(ByStorageClass, StringComparison.Ordinal) && name.EndsWith("/persistentvolumeclaims", StringComparison.Ordinal) | name.EndsWith("/requests.storage", StringComparison.Ordinal));
        return resource == WellKnown.Services && ServiceNames.Contains(name);
    }

    public static JsonObject Of(GroupResource resource, JsonObject item, DateTimeOffset now)
    {
        var usage = JsonObject.Of((CountOf(resource), "1"));
        if (resource == WellKnown.Pods)
            return Runs(item, now) ? usage.Plus(Computable(PodAmounts.Of(Spec(item), "requests"), PodAmounts.Of(Spec(item), "limits"))) : usage;
        if (resource.Group.Length == 0 && Counted.Contains(resource.Resource))
            usage = usage.With(resource.Resource, "1");
        if (resource == WellKnown.Services)
            return usage.Plus(OfService(Spec(item)));
        return resource == WellKnown.PersistentVolumeClaims ? usage.Plus(OfClaim(Spec(item))) : usage;
    }

    /// <summary>Which of the limited amounts the containers of a pod fail to name: <c>cpu for: a,b; memory for: b</c>, or null.</summary>
    public static string? Missing(JsonObject pod, IEnumerable<string> limited)
    {
        var spec = Spec(pod);
        if (spec.At("resources") is JsonObject { Count: > 0 })
            return null;
        var containers = spec.Objects("containers").Concat(spec.Objects("initContainers")).Select(static container =>
            (Name: container.StringAt("name") ?? "", Given: Computable(container.ObjectAt("resources", "requests") ?? JsonObject.Empty, container.ObjectAt("resources", "limits") ?? JsonObject.Empty))).ToArray();
        var missing = limited.Where(Demanded.Contains).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, In: containers.Where(container => !container.Given.ContainsKey(name)).Select(static container => container.Name).Distinct().Order(StringComparer.Ordinal).ToArray()))
            .Where(static entry => entry.In.Length > 0)
            .Select(static entry => $"{entry.Name} for: {string.Join(",", entry.In)}").ToArray();
        return missing.Length == 0 ? null : string.Join("; ", missing);
    }

    private static string CountOf(GroupResource resource) => $"count/{resource}";

    private static JsonObject Spec(JsonObject item) => item.ObjectAt("spec") ?? JsonObject.Empty;

    private static bool IsComputed(string name) => Computed.Contains(name.StartsWith(Requests, StringComparison.Ordinal) ? name[Requests.Length..] : name.StartsWith("limits.", StringComparison.Ordinal) ? name["limits.".Length..] : name);

    private static bool IsExtended(string name) => name.StartsWith(HugePages, StringComparison.Ordinal) || (name.Contains('/', StringComparison.Ordinal) && !name.Contains("kubernetes.io/", StringComparison.Ordinal));

    /// <summary>A pod that has ended, or that should be gone, takes nothing any more.</summary>
    private static bool Runs(JsonObject pod, DateTimeOffset now) => pod.StringAt("status", "phase") is not ("Succeeded" or "Failed")
        && !(KubernetesTime.Parse(pod.StringAt("metadata", "deletionTimestamp")) is { } deleted && deleted + TimeSpan.FromSeconds(pod.LongAt("metadata", "deletionGracePeriodSeconds") ?? 0) < now);

    private static JsonObject Computable(JsonObject requests, JsonObject limits)
    {
        var usage = JsonObject.Of(("pods", "1"));
        foreach (var name in Computed)
        {
            if (requests[name] is { } request)
                usage = usage.With(name, request).With(Requests + name, request);
            if (limits[name] is { } limit)
                usage = usage.With("limits." + name, limit);
        }

        foreach (var (name, amount) in requests.AsEnumerable().Where(static entry => IsExtended(entry.Key)))
            usage = (name.StartsWith(HugePages, StringComparison.Ordinal) ? usage.With(name, amount) : usage).With(Requests + name, amount);
        return usage;
    }

    private static JsonObject OfService(JsonObject spec)
    {
        var type = spec.StringAt("type");
        var ports = spec.Objects("ports");
        if (type == "LoadBalancer" && spec.BoolAt("allocateLoadBalancerNodePorts") == false)
            ports = ports.Where(static port => port.LongAt("nodePort") is > 0);
        return JsonObject.Of(
            ("services.loadbalancers", type == "LoadBalancer" ? "1" : "0"),
            ("services.nodeports", type is "NodePort" or "LoadBalancer" ? ports.Count().ToString(CultureInfo.InvariantCulture) : "0"));
    }

    private static JsonObject OfClaim(JsonObject spec)
    {
        var usage = JsonObject.Empty;
        var storageClass = spec.StringAt("storageClassName") ?? "";
        if (storageClass.Length > 0)
            usage = usage.With($"{storageClass}{ByStorageClass}persistentvolumeclaims", "1");
        if (spec.At("resources", "requests", "storage") is not { } storage)
            return usage;
        usage = usage.With("requests.storage", storage);
        return storageClass.Length > 0 ? usage.With($"{storageClass}{ByStorageClass}requests.storage", storage) : usage;
    }
}
