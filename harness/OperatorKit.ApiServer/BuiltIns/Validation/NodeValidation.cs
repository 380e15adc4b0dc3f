using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Nodes.</summary>
internal static class NodeValidation
{
    public static IEnumerable<FieldError> Validate(JsonObject node, JsonObject? old)
    {
        var spec = node.ObjectAt("spec") ?? JsonObject.Empty;
        var seen = new HashSet<(string, string)>();
        // The real server reports taints below the metadata.
        var errors = spec.Objects("taints").SelectMany((taint, i) => Taint(taint, Checks.At("metadata.taints", i), seen));
        if (old?.StringAt("spec", "providerID") is { Length: > 0 } provider && spec.StringAt("providerID") != provider)
            errors = errors.Append(FieldError.Forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid"));
        return errors;
    }

    private static IEnumerable<FieldError> Taint(JsonObject taint, string at, HashSet<(string, string)> seen)
    {
        var (key, effect) = (taint.StringAt("key") ?? "", taint.StringAt("effect") ?? "");
        IEnumerable<FieldError> errors =
        [
            .. Checks.Formatted(key, $"{at}.key", NameFormat.QualifiedName),
            .. NameFormat.LabelValue(taint.StringAt("value") ?? "").ToArray() is { Length: > 0 } problems ? [FieldError.Invalid($"{at}.value", taint["value"]!, string.Join(';', problems))] : (FieldError[])[],
            .. effect.Length == 0 ? [FieldError.Required($"{at}.effect")] : Checks.OneOf(taint, at, "effect", "NoSchedule", "PreferNoSchedule", "NoExecute"),
            .. seen.Add((key, effect)) ? [] : (FieldError[])[Repeated(at, taint, key, effect)],
        ];
        return errors;
    }

    private static FieldError Repeated(string at, JsonObject taint, string key, string effect)
    {
        var error = FieldError.Duplicate(at, JsonObject.Of(("Key", key), ("Value", taint["value"] ?? ""), ("Effect", effect), ("TimeAdded", JsonValue.Null)));
        return error with { Message = $"{error.Message}: taints must be unique by key and effect pair" };
    }
}
