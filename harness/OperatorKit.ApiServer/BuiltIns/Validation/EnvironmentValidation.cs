using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The environment of a container.</summary>
internal static class EnvironmentValidation
{
    private static readonly string[] Sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

    private static readonly string[] Fields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    // What a field selector of pods may name: a downward reference to anything else cannot even be converted.
    private static readonly string[] Labels =
    [
        "metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "spec.hostNetwork", "status.phase", "status.nominatedNodeName",
    ];

    private static readonly string[] Resources =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    public static IEnumerable<FieldError> Variables(JsonObject container, string path) => container.Objects("env").SelectMany((variable, i) =>
    {
        var at = Checks.At(path, i);
        var name = variable.StringAt("name") ?? "";
        return (name.Length == 0 ? [FieldError.Required($"{at}.name")] : Checks.Formatted(name, $"{at}.name", Formats.EnvironmentName))
            .Concat(variable.ObjectAt("valueFrom") is { } source ? ValueFrom(source, variable, $"{at}.valueFrom") : []);
    });

    public static IEnumerable<FieldError> Maps(JsonObject container, string path) => container.Objects("envFrom").SelectMany((map, i) =>
    {
        var at = Checks.At(path, i);
        string[] given = [.. ((string[])["configMapRef", "secretRef"]).Where(map.Has)];
        IEnumerable<FieldError> errors =
        [
            .. map.StringAt("prefix") is { Length: > 0 } prefix ? Checks.Formatted(prefix, $"{at}.prefix", Formats.EnvironmentName) : [],
            .. given.SelectMany(kind => Named(map.ObjectAt(kind)!, $"{at}.{kind}")),
        ];
        return given.Length switch
        {
            0 => errors.Append(FieldError.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`")),
            1 => errors,
            _ => errors.Append(FieldError.Invalid(path, "", "may not have more than one field specified at a time")),
        };
    });

    private static IEnumerable<FieldError> ValueFrom(JsonObject source, JsonObject variable, string path)
    {
        var given = Sources.Where(source.Has).ToArray();
        foreach (var kind in given)
        {
            foreach (var error in Source(source.ObjectAt(kind) ?? JsonObject.Empty, $"{path}.{kind}", kind))
                yield return error;
        }

        if (given.Length == 0)
            yield return FieldError.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        else if (variable.StringAt("value") is { Length: > 0 })
            yield return FieldError.Invalid(path, "", "may not be specified when `value` is not empty");
        else if (given.Length > 1)
            yield return FieldError.Invalid(path, "", "may not have more than one field specified at a time");
    }

    private static IEnumerable<FieldError> Source(JsonObject source, string path, string kind) => kind switch
    {
        "fieldRef" => Field(source, path),
        "resourceFieldRef" => Resource(source, path),
        "configMapKeyRef" or "secretKeyRef" => Key(source, path),
        _ => Checks.Required(source, path, "key", "volumeName", "path"),
    };

    private static IEnumerable<FieldError> Field(JsonObject source, string path)
    {
        var field = source.StringAt("fieldPath") ?? "";
        if (field.Length == 0)
            yield return FieldError.Required($"{path}.fieldPath");
        else if (Subscript(field) is { } map && map is not ("metadata.annotations" or "metadata.labels"))
            yield return FieldError.Invalid($"{path}.fieldPath", map, "does not support subscript");
        else if (Subscript(field) is null && !Fields.Contains(field, StringComparer.Ordinal) && !Labels.Contains(field, StringComparer.Ordinal))
            yield return FieldError.Invalid($"{path}.fieldPath", field, $"error converting fieldPath: field label not supported: {field}");
        else if (Subscript(field) is null && !Fields.Contains(field, StringComparer.Ordinal))
            yield return FieldError.NotSupported($"{path}.fieldPath", field, Fields);
    }

    private static string? Subscript(string field) => field.EndsWith("']", StringComparison.Ordinal) && field.IndexOf("['", StringComparison.Ordinal) is var start and > 0 ? field[..start] : null;

    private static IEnumerable<FieldError> Resource(JsonObject source, string path)
    {
        var resource = source.StringAt("resource") ?? "";
        if (resource.Length == 0)
            yield return FieldError.Required($"{path}.resource");
        else if (!Resources.Contains(resource, StringComparer.Ordinal) && !resource.Contains(".hugepages-", StringComparison.Ordinal))
            yield return FieldError.NotSupported($"{path}.resource", resource, Resources);
    }

    private static IEnumerable<FieldError> Key(JsonObject source, string path)
    {
        foreach (var error in Checks.Formatted(source.StringAt("name") ?? "", $"{path}.name", static name => name.Length == 0 ? [] : NameFormat.Subdomain(name)))
            yield return error;
        var key = source.StringAt("key") ?? "";
        foreach (var error in key.Length == 0 ? [FieldError.Required($"{path}.key")] : Checks.Formatted(key, $"{path}.key", Formats.ConfigKey))
            yield return error;
    }

    private static IEnumerable<FieldError> Named(JsonObject source, string path) => source.StringAt("name") is { Length: > 0 } name
        ? Checks.Formatted(name, $"{path}.name", NameFormat.Subdomain)
        : [FieldError.Required($"{path}.name")];
}
