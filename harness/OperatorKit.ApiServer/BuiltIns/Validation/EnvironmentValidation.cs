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

    /// <summary>What the files of a volume may show of the pod.</summary>
    public static IReadOnlyCollection<string> FileFields { get; } = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    // What a field selector of pods may name: a downward reference to anything else cannot even be converted.
    private static readonly string[] Labels =
    [
        "metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "spec.hostNetwork", "status.phase", "status.nominatedNodeName",
    ];

    private static readonly string[] Resources =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    private static readonly string[] Sizes = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

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
        "fieldRef" => Field(source, path, Fields),
        "resourceFieldRef" => Resource(source, path, isFile: false),
        "configMapKeyRef" or "secretKeyRef" => Key(source, path),
        _ => Checks.Required(source, path, "key", "volumeName", "path"),
    };

    /// <summary>A reference to a field of the pod.</summary>
    /// <param name="source">The reference.</param>
    /// <param name="path">Its path.</param>
    /// <param name="allowed">The fields that can be had here.</param>
    public static IEnumerable<FieldError> Field(JsonObject source, string path, IReadOnlyCollection<string> allowed)
    {
        var field = source.StringAt("fieldPath") ?? "";
        if (field.Length == 0)
            return [FieldError.Required($"{path}.fieldPath")];
        if (Subscripted(field) is { } part)
        {
            return part.Map switch
            {
                "metadata.annotations" => Checks.Formatted(part.Key.ToLowerInvariant(), path, NameFormat.QualifiedName),
                "metadata.labels" => Checks.Formatted(part.Key, path, NameFormat.QualifiedName),
                _ => [FieldError.Invalid($"{path}.fieldPath", field, $"error converting fieldPath: field label does not support subscript: {field}")],
            };
        }

        if (allowed.Contains(field, StringComparer.Ordinal))
            return [];
        return Fields.Contains(field, StringComparer.Ordinal) || Labels.Contains(field, StringComparer.Ordinal)
            ? [FieldError.NotSupported($"{path}.fieldPath", field, allowed)]
            : [FieldError.Invalid($"{path}.fieldPath", field, $"error converting fieldPath: field label not supported: {field}")];
    }

    private static (string Map, string Key)? Subscripted(string field) => field.EndsWith("']", StringComparison.Ordinal) && field.IndexOf("['", StringComparison.Ordinal) is var start and > 0
        ? (field[..start], field[(start + 2)..^2])
        : null;

    /// <summary>A reference to an amount of a container, which a file has to name.</summary>
    public static IEnumerable<FieldError> Resource(JsonObject source, string path, bool isFile)
    {
        var resource = source.StringAt("resource") ?? "";
        if (isFile && string.IsNullOrEmpty(source.StringAt("containerName")))
            yield return FieldError.Required($"{path}.containerName");
        else if (resource.Length == 0)
            yield return FieldError.Required($"{path}.resource");
        else if (!Resources.Contains(resource, StringComparer.Ordinal) && !resource.Contains(".hugepages-", StringComparison.Ordinal))
            yield return FieldError.NotSupported($"{path}.resource", resource, Resources);
        if (source.StringAt("divisor") is { } divisor && Divisors(resource) is { Allowed: var allowed, Words: var words } && !QuantityText.Nanos(divisor).IsZero && !allowed.Contains(divisor))
            yield return FieldError.Invalid($"{path}.divisor", resource, $"only divisor's values {words} are supported with the {DivisorKind(resource)} resource");
    }

    private static (string[] Allowed, string Words)? Divisors(string resource) => resource.Split('.') is not [_, var kind] ? null
        : kind == "cpu" ? (["1m", "1"], "1m and 1")
        : kind is "memory" or "ephemeral-storage" || kind.StartsWith("hugepages-", StringComparison.Ordinal) ? (Sizes, string.Join(", ", Sizes))
        : null;

    private static string DivisorKind(string resource) => resource.Split('.')[1] switch
    {
        "ephemeral-storage" => "local ephemeral storage",
        var kind when kind.StartsWith("hugepages-", StringComparison.Ordinal) => "hugepages",
        var kind => kind,
    };

    private static IEnumerable<FieldError> Key(JsonObject source, string path)
    {
        foreach (var error in Checks.Formatted(source.StringAt("name") ?? "", $"{path}.name", NameFormat.Subdomain))
            yield return error;
        var key = source.StringAt("key") ?? "";
        foreach (var error in key.Length == 0 ? [FieldError.Required($"{path}.key")] : Checks.Formatted(key, $"{path}.key", Formats.ConfigKey))
            yield return error;
    }

    private static IEnumerable<FieldError> Named(JsonObject source, string path) => source.StringAt("name") is { Length: > 0 } name
        ? Checks.Formatted(name, $"{path}.name", NameFormat.Subdomain)
        : [FieldError.Required($"{path}.name")];
}
