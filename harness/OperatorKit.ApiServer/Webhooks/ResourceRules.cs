using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>What the rules must fulfil that say which requests a webhook or policy is for.</summary>
internal static class ResourceRules
{
    private static readonly string[] Operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
    private static readonly string[] Scopes = ["*", "Cluster", "Namespaced"];

    /// <summary>Everything that is wrong with a list of rules.</summary>
    public static IEnumerable<FieldError> Validate(JsonObject owner, string field, string path) =>
        owner.Objects(field).SelectMany((rule, index) => Validate(rule, Checks.At($"{path}.{field}", index)));

    private static IEnumerable<FieldError> Validate(JsonObject rule, string path) =>
    [
        .. Names(rule.Strings("resourceNames").ToList(), $"{path}.resourceNames"),
        .. Several(rule, "operations", "operations", path),
        .. rule.Strings("operations").SelectMany((operation, index) => Operations.Contains(operation) ? (FieldError[])[] : [FieldError.NotSupported(Checks.At($"{path}.operations", index), operation, Operations)]),
        .. Several(rule, "apiGroups", "API groups", path),
        .. Several(rule, "apiVersions", "API versions", path),
        .. rule.Strings("apiVersions").SelectMany((version, index) => version.Length > 0 ? (FieldError[])[] : [FieldError.Required(Checks.At($"{path}.apiVersions", index))]),
        .. Resources(rule.Strings("resources").ToList(), $"{path}.resources"),
        .. Checks.OneOf(rule, path, "scope", Scopes),
    ];

    private static IEnumerable<FieldError> Several(JsonObject rule, string field, string what, string path)
    {
        var values = rule.ArrayAt(field) ?? JsonArray.Empty;
        if (values.Count == 0)
            yield return FieldError.Required($"{path}.{field}");
        else if (values.Count > 1 && values.Items.Contains("*"))
            yield return FieldError.Invalid($"{path}.{field}", values, $"if '*' is present, must not specify other {what}");
    }

    private static IEnumerable<FieldError> Names(List<string> names, string path)
    {
        for (var i = 0; i < names.Count; i++)
        {
            foreach (var error in Checks.Formatted(names[i], Checks.At(path, i), Metadata.NameFormat.PathSegment))
                yield return error;
            if (names.IndexOf(names[i]) < i)
                yield return FieldError.Duplicate(Checks.At(path, i), names[i]);
        }
    }

    private static IEnumerable<FieldError> Resources(List<string> resources, string path)
    {
        if (resources.Count == 0)
            yield return FieldError.Required(path);
        var wildcards = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < resources.Count; i++)
        {
            var resource = resources[i];
            if (resource.Length == 0)
                yield return FieldError.Required(Checks.At(path, i));
            if (resource.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash))
                continue;
            var (name, subresource) = (resource[..slash], resource[(slash + 1)..]);
            foreach (var wider in ((string[])[$"{name}/*", $"*/{subresource}"]).Where(wildcards.Contains))
                yield return FieldError.Invalid(Checks.At(path, i), resource, $"if '{wider}' is present, must not specify {resource}");
            if (name == "*" || subresource == "*")
                wildcards.Add(resource);
        }

        if (resources.Count > 1 && resources.Contains("*/*"))
            yield return FieldError.Invalid(path, Shown(resources), "if '*/*' is present, must not specify other resources");
        // Upstream remembers only the last one without a subresource.
        if (resources.Contains("*") && resources.FindLast(static resource => resource.Length > 0 && !resource.Contains('/', StringComparison.Ordinal)) != "*")
            yield return FieldError.Invalid(path, Shown(resources), "if '*' is present, must not specify other resources without subresources");
    }

    private static JsonArray Shown(List<string> values) => JsonArray.Of(values.Select(static value => (JsonValue)value));
}
