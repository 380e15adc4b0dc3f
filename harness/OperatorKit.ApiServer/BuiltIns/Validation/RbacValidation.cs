using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Roles and bindings.</summary>
internal static class RbacValidation
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly string[] SubjectKinds = ["ServiceAccount", "User", "Group"];

    public static IEnumerable<FieldError> Role(JsonObject role, JsonObject? old) => Rules(role, isNamespaced: true);

    public static IEnumerable<FieldError> ClusterRole(JsonObject role, JsonObject? old) => Rules(role, isNamespaced: false).Concat(Aggregation(role));

    public static IEnumerable<FieldError> RoleBinding(JsonObject binding, JsonObject? old) => Binding(binding, old, "Role", "ClusterRole");

    public static IEnumerable<FieldError> ClusterRoleBinding(JsonObject binding, JsonObject? old) => Binding(binding, old, "ClusterRole");

    private static IEnumerable<FieldError> Rules(JsonObject role, bool isNamespaced)
    {
        var i = 0;
        foreach (var rule in role.Objects("rules"))
        {
            var at = Checks.At("rules", i++);
            if (!rule.Strings("verbs").Any())
                yield return FieldError.Required($"{at}.verbs", "verbs must contain at least one value");
            if (rule.Strings("nonResourceURLs").Any())
            {
                if (isNamespaced)
                    yield return FieldError.Invalid($"{at}.nonResourceURLs", rule["nonResourceURLs"]!, "namespaced rules cannot apply to non-resource URLs");
                if (rule.Strings("apiGroups").Any() || rule.Strings("resources").Any() || rule.Strings("resourceNames").Any())
                    yield return FieldError.Invalid($"{at}.nonResourceURLs", rule["nonResourceURLs"]!, "rules cannot apply to both regular resources and non-resource URLs");
                continue;
            }

            if (!rule.Strings("apiGroups").Any())
                yield return FieldError.Required($"{at}.apiGroups", "resource rules must supply at least one api group");
            if (!rule.Strings("resources").Any())
                yield return FieldError.Required($"{at}.resources", "resource rules must supply at least one resource");
        }
    }

    private static IEnumerable<FieldError> Binding(JsonObject binding, JsonObject? old, params string[] roleKinds)
    {
        var role = binding.ObjectAt("roleRef") ?? JsonObject.Empty;
        if (role.StringAt("apiGroup") is { } group && group != Group)
            yield return FieldError.NotSupported("roleRef.apiGroup", group, Group);
        if (!roleKinds.Contains(role.StringAt("kind")))
            yield return FieldError.NotSupported("roleRef.kind", role["kind"] ?? "", roleKinds);
        foreach (var error in role.StringAt("name") is { Length: > 0 } name ? Checks.Formatted(name, "roleRef.name", NameFormat.PathSegment) : [FieldError.Required("roleRef.name")])
            yield return error;
        var i = 0;
        foreach (var subject in binding.Objects("subjects"))
        {
            foreach (var error in Subject(subject, Checks.At("subjects", i++), needsNamespace: roleKinds.Length == 1))
                yield return error;
        }

        if (old is not null && !Checks.Same(role, old["roleRef"]))
        {
            // The real server prints its internal struct here.
            var printed = JsonObject.Of(("APIGroup", role["apiGroup"] ?? ""), ("Kind", role["kind"] ?? ""), ("Name", role["name"] ?? ""));
            yield return FieldError.Invalid("roleRef", printed, "cannot change roleRef");
        }
    }

    private static IEnumerable<FieldError> Aggregation(JsonObject role)
    {
        if (role.ObjectAt("aggregationRule") is not { } rule)
            return [];
        var selectors = rule.Objects("clusterRoleSelectors").ToArray();
        return selectors.Length == 0
            ? [FieldError.Required("aggregationRule.clusterRoleSelectors", "at least one clusterRoleSelector required if aggregationRule is non-nil")]
            : selectors.SelectMany(static (selector, i) => Selectors.Validate(selector, Checks.At("aggregationRule.clusterRoleSelectors", i)));
    }

    private static IEnumerable<FieldError> Subject(JsonObject subject, string at, bool needsNamespace)
    {
        if (string.IsNullOrEmpty(subject.StringAt("name")))
            yield return FieldError.Required($"{at}.name");
        var (kind, group) = (subject.StringAt("kind") ?? "", subject.StringAt("apiGroup") ?? "");
        switch (kind)
        {
            case "ServiceAccount":
                foreach (var error in Checks.Formatted(subject.StringAt("name") ?? "", $"{at}.name", static name => name.Length == 0 ? [] : NameFormat.Subdomain(name)))
                    yield return error;
                if (group.Length > 0)
                    yield return FieldError.NotSupported($"{at}.apiGroup", group, "");
                if (needsNamespace && string.IsNullOrEmpty(subject.StringAt("namespace")))
                    yield return FieldError.Required($"{at}.namespace");
                break;
            case "User" or "Group" when group != Group:
                yield return FieldError.NotSupported($"{at}.apiGroup", group, Group);
                break;
            case "User" or "Group":
                break;
            default:
                yield return FieldError.NotSupported($"{at}.kind", kind, SubjectKinds);
                break;
        }
    }
}
