using OperatorKit.ApiServer.BuiltIns.Strategies;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Quotas;

/// <summary>Which objects a quota counts. See https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes.</summary>
internal static class QuotaScopes
{
    private static readonly string[] Affinities = ["podAffinity", "podAntiAffinity"];

    public static bool Match(JsonObject quota, GroupResource resource, JsonObject item)
    {
        var spec = quota.ObjectAt("spec") ?? JsonObject.Empty;
        return spec.Strings("scopes").All(scope => Meets(scope, "Exists", [], resource, item))
            && (spec.ObjectAt("scopeSelector")?.Objects("matchExpressions") ?? []).All(requirement =>
                Meets(requirement.StringAt("scopeName") ?? "", requirement.StringAt("operator") ?? "", [.. requirement.Strings("values")], resource, item));
    }

    /// <summary>Whether a pod is one of those that end by themselves.</summary>
    public static bool IsTerminating(JsonObject pod) => pod.LongAt("spec", "activeDeadlineSeconds") >= 0;

    private static bool Meets(string scope, string @operator, string[] values, GroupResource resource, JsonObject item)
    {
        if (resource == WellKnown.PersistentVolumeClaims)
            return scope == "VolumeAttributesClass" && AttributesClasses(item).Any(name => Meets(name, @operator, values));
        if (resource != WellKnown.Pods)
            return false;
        var spec = item.ObjectAt("spec") ?? JsonObject.Empty;
        return scope switch
        {
            "Terminating" => IsTerminating(item),
            "NotTerminating" => !IsTerminating(item),
            "BestEffort" => QualityOfService.Of(spec) == "BestEffort",
            "NotBestEffort" => QualityOfService.Of(spec) != "BestEffort",
            "PriorityClass" => Meets(spec.StringAt("priorityClassName") ?? "", @operator, values),
            "CrossNamespacePodAffinity" => Affinities.Any(kind => Terms(spec.ObjectAt("affinity", kind)).Any(static term => term.ArrayAt("namespaces") is { Count: > 0 } || term.Has("namespaceSelector"))),
            _ => false,
        };
    }

    private static bool Meets(string name, string @operator, string[] values) => @operator switch
    {
        "Exists" => name.Length > 0,
        "DoesNotExist" => name.Length == 0,
        "In" => name.Length > 0 && values.Contains(name),
        "NotIn" => name.Length == 0 || !values.Contains(name),
        _ => false,
    };

    private static IEnumerable<string> AttributesClasses(JsonObject claim) =>
        ((string?[])[claim.StringAt("spec", "volumeAttributesClassName"), claim.StringAt("status", "currentVolumeAttributesClassName"), claim.StringAt("status", "modifyVolumeStatus", "targetVolumeAttributesClassName")])
            .OfType<string>().Where(static name => name.Length > 0).Distinct().DefaultIfEmpty("");

    private static IEnumerable<JsonObject> Terms(JsonObject? affinity) => affinity is null
        ? []
        : affinity.Objects("requiredDuringSchedulingIgnoredDuringExecution")
            .Concat(affinity.Objects("preferredDuringSchedulingIgnoredDuringExecution").Select(static preferred => preferred.ObjectAt("podAffinityTerm")).OfType<JsonObject>());
}
