using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The resource claims of a pod, and which of them its containers use.</summary>
internal static class ClaimedResourceValidation
{
    public static IEnumerable<FieldError> Pod(JsonObject spec, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return spec.Objects("resourceClaims").SelectMany((claim, i) => Claim(claim, Checks.At(path, i), names));
    }

    public static IEnumerable<FieldError> Container(JsonObject container, JsonObject spec, string path)
    {
        var known = spec.Objects("resourceClaims").Select(static claim => claim.StringAt("name") ?? "").ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        return (container.ObjectAt("resources")?.Objects("claims") ?? []).SelectMany((use, i) => Use(use, Checks.At(path, i), known, used));
    }

    private static IEnumerable<FieldError> Claim(JsonObject claim, string at, HashSet<string> names)
    {
        var (name, direct, template) = (claim.StringAt("name") ?? "", claim.StringAt("resourceClaimName"), claim.StringAt("resourceClaimTemplateName"));
        var problems = name.Length == 0 ? [FieldError.Required($"{at}.name")]
            : names.Contains(name) ? [FieldError.Duplicate($"{at}.name", name)]
            : Checks.Formatted(name, $"{at}.name", NameFormat.Label);
        foreach (var problem in problems)
            yield return problem;
        names.Add(name);
        if (direct is not null == template is not null)
            yield return FieldError.Invalid(at, Printed(name, direct, template), direct is null ? "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`" : "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        foreach (var error in direct is null ? [] : Checks.Formatted(direct, $"{at}.resourceClaimName", NameFormat.Subdomain))
            yield return error;
        foreach (var error in template is null ? [] : Checks.Formatted(template, $"{at}.resourceClaimTemplateName", NameFormat.Subdomain))
            yield return error;
    }

    private static JsonObject Printed(string name, string? direct, string? template) =>
        JsonObject.Of(("Name", name), ("ResourceClaimName", direct is null ? JsonValue.Null : direct), ("ResourceClaimTemplateName", template is null ? JsonValue.Null : template));

    private static IEnumerable<FieldError> Use(JsonObject use, string at, HashSet<string> known, HashSet<string> used)
    {
        var (name, request) = (use.StringAt("name") ?? "", use.StringAt("request") ?? "");
        if (name.Length == 0)
        {
            yield return FieldError.Required(at);
            yield break;
        }

        var key = request.Length == 0 ? name : $"{name}/{request}";
        if (!used.Add(key) || (request.Length > 0 && used.Contains(name)))
            yield return FieldError.Duplicate(at, key);
        if (!known.Contains(name))
        {
            var error = FieldError.NotFound(at, name);
            yield return error with { Message = $"{error.Message}: must be one of the names in pod.spec.resourceClaims{(known.Count == 0 ? " which is empty" : $": {string.Join(", ", known.Order(StringComparer.Ordinal))}")}" };
        }
    }
}
