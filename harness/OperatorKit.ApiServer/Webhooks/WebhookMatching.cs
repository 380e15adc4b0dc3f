using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using OperatorKit.ApiServer.Workloads;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>Whether a webhook, or the resource rules of a policy, are for a request.</summary>
internal static class WebhookMatching
{
    private const string OwnGroup = "admissionregistration.k8s.io";

    /// <summary>Whether webhooks are asked at all: not about their own configuration, which would lock everybody out.</summary>
    public static bool IsExempt(AdmissionRequest request) => request.Target.Type.Group == OwnGroup;

    /// <summary>
    /// As what a request is for a webhook or policy: as what it is, or with matchPolicy Equivalent in another version, or as another
    /// resource of the same objects, that a rule names; null where the request is not for it.
    /// </summary>
    public static ResourceTarget? TargetFor(JsonObject matcher, AdmissionRequest request, ApiOperations operations, string rulesField = "rules")
    {
        if (!MatchesNamespace(matcher.ObjectAt("namespaceSelector"), request, operations.Store) || !MatchesObject(matcher.ObjectAt("objectSelector"), request))
            return null;
        var (target, rules) = (request.Target, (matcher.ArrayAt(rulesField) ?? JsonArray.Empty).Items.OfType<JsonObject>().ToArray());
        if (rules.Any(rule => Covers(rule, request.Operation, target)))
            return target;
        if (matcher.StringAt("matchPolicy") != "Equivalent")
            return null;
        var equivalents = operations.Registry.Current.SeenAs(target.Type)
            .SelectMany(type => type.Versions.Where(static version => version.Served).Select(version => target with { Type = type, Version = version }))
            .ToArray();
        return rules.SelectMany(rule => equivalents.Where(equivalent => Covers(rule, request.Operation, equivalent))).FirstOrDefault();
    }

    private static bool Covers(JsonObject rule, string operation, ResourceTarget target) => Has(rule, "operations", operation)
        && Has(rule, "apiGroups", target.Type.Group)
        && Has(rule, "apiVersions", target.Version.Name)
        && InScope(rule.StringAt("scope"), target)
        && (rule.ArrayAt("resourceNames") is null or { Count: 0 } || Has(rule, "resourceNames", target.Name ?? ""))
        && Texts(rule, "resources").Any(resource => CoversResource(resource, target));

    private static bool CoversResource(string resource, ResourceTarget target)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var (name, subresource) = slash < 0 ? (resource, "") : (resource[..slash], resource[(slash + 1)..]);
        return (name == "*" || name == target.Type.Plural) && (subresource == "*" || subresource == (target.Subresource ?? ""));
    }

    private static bool InScope(string? scope, ResourceTarget target) => scope switch
    {
        "Namespaced" => target.Type.Namespaced,
        "Cluster" => !target.Type.Namespaced,
        _ => true,
    };

    private static bool MatchesNamespace(JsonObject? selector, AdmissionRequest request, Store store)
    {
        if (selector is null or { Count: 0 })
            return true;
        if (request.Target.Type.Resource == WellKnown.Namespaces)
            return LabelMatching.Matches(selector, (request.Object ?? request.OldObject)!.Labels);
        return !request.Target.Type.Namespaced
            || (store.Find(WellKnown.Namespaces, null, request.Target.Namespace ?? "") is { } ns && LabelMatching.Matches(selector, ns.Value.Labels));
    }

    private static bool MatchesObject(JsonObject? selector, AdmissionRequest request) =>
        selector is null or { Count: 0 }
        || (request.Object is { } value && LabelMatching.Matches(selector, value.Labels))
        || (request.OldObject is { } old && LabelMatching.Matches(selector, old.Labels));

    private static bool Has(JsonObject rule, string field, string wanted) => Texts(rule, field).Any(text => text == "*" || text == wanted);

    private static IEnumerable<string> Texts(JsonObject rule, string field) =>
        (rule.ArrayAt(field) ?? JsonArray.Empty).Items.OfType<JsonString>().Select(static item => item.Value);
}
