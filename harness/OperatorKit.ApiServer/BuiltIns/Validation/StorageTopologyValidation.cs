using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>What storage tells of itself: classes of attributes, free capacity, and where volumes may be made.</summary>
internal static class StorageTopologyValidation
{
    public static IEnumerable<FieldError> AttributesClass(JsonObject attributes, JsonObject? old)
    {
        if (old is not null)
            return Checks.Immutable(attributes["driverName"], old["driverName"], "driverName").Concat(Checks.Immutable(attributes["parameters"], old["parameters"], "parameters"));
        var parameters = attributes.ObjectAt("parameters");
        return Provisioner(attributes, "driverName").Concat(parameters is { Count: > 0 }
            ? Parameters(parameters)
            : [FieldError.Required("parameters", "must contain at least one key/value pair")]);
    }

    public static IEnumerable<FieldError> Capacity(JsonObject capacity, JsonObject? old) =>
    [
        .. capacity.ObjectAt("nodeTopology") is { } topology ? Selectors.Validate(topology, "nodeTopology") : [],
        .. Checks.Formatted(capacity.StringAt("storageClassName") ?? "", "storageClassName", NameFormat.Subdomain),
        .. capacity.StringAt("capacity") is { } free && QuantityText.Nanos(free).Sign < 0 ? [FieldError.Invalid("capacity", free, "must be greater than or equal to 0")] : (FieldError[])[],
        .. old is null ? [] : Checks.Immutable(capacity["nodeTopology"], old["nodeTopology"], "nodeTopology").Concat(Checks.Immutable(capacity["storageClassName"], old["storageClassName"], "storageClassName")),
    ];

    /// <summary>The driver that a class is for.</summary>
    public static IEnumerable<FieldError> Provisioner(JsonObject owner, string field) => (owner.StringAt(field) ?? "").ToLowerInvariant() is { Length: > 0 } name
        ? Checks.Formatted(name, field, NameFormat.QualifiedName)
        : [FieldError.Required(field)];

    /// <summary>What a class passes on to its driver.</summary>
    public static IEnumerable<FieldError> Parameters(JsonObject? parameters) =>
        parameters?.ContainsKey("") == true ? [FieldError.Invalid("parameters", "", "field can not be empty.")] : [];

    /// <summary>Where volumes of a class may be made.</summary>
    public static IEnumerable<FieldError> Allowed(JsonObject storage) => storage.Objects("allowedTopologies")
        .SelectMany(static (topology, i) => topology.Objects("matchLabelExpressions").SelectMany((term, j) => Term(term, Checks.At($"{Checks.At("allowedTopologies", i)}.matchLabelExpressions", j))));

    private static IEnumerable<FieldError> Term(JsonObject term, string at)
    {
        var values = term.Strings("values").ToArray();
        if (values.Length == 0)
            yield return FieldError.Required($"{at}.values");
        for (var i = 0; i < values.Length; i++)
        {
            if (Array.IndexOf(values, values[i]) < i)
                yield return FieldError.Duplicate(Checks.At($"{at}.values", i), values[i]);
        }

        foreach (var error in Checks.Formatted(term.StringAt("key") ?? "", $"{at}.key", NameFormat.QualifiedName))
            yield return error;
    }
}
