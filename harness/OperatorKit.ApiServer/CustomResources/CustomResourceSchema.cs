using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Patching;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>What a custom resource goes through by its schema: decode (prune), complete (nulls, defaults), validate.</summary>
internal static class CustomResourceSchema
{
    private static readonly FieldError NotChecked = FieldError.Invalid(
        "<nil>",
        JsonValue.Null,
        "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");

    /// <summary>The object without the fields that the schema does not have, and without the nulls that it does not allow.</summary>
    /// <exception cref="DecodingException">The metadata is not object metadata.</exception>
    public static DecodedObject Decode(JsonObject obj, StructuralSchema schema)
    {
        var pruned = Pruning.Prune(obj, schema);
        return pruned with { Value = (JsonObject)Defaulting.WithoutForbiddenNulls(pruned.Value, schema) };
    }

    /// <summary>The object with defaults in place.</summary>
    public static JsonObject Complete(JsonObject obj, StructuralSchema schema) => (JsonObject)Defaulting.Apply(obj, schema);

    /// <summary>Everything that is wrong with the object. The old object is there on update.</summary>
    public static IEnumerable<FieldError> Validate(JsonObject obj, JsonObject? old, StructuralSchema schema, ScalePaths? scale = null)
    {
        List<FieldError> errors = [.. SchemaValidation.Validate(obj, schema, old)];
        if (scale is not null)
            errors.AddRange([.. Replicas(obj, scale.SpecReplicas), .. Replicas(obj, scale.StatusReplicas)]);
        errors.AddRange(EmbeddedResources.Validate(obj, schema));
        return WithListsAndRules(errors, obj, old, schema);
    }

    /// <summary>As <see cref="Validate"/> for a write through <c>/status</c>, where only the status can have gone wrong.</summary>
    public static IEnumerable<FieldError> ValidateStatus(JsonObject obj, JsonObject old, StructuralSchema schema, ScalePaths? scale)
    {
        var errors = new List<FieldError>();
        if (schema.Property("status")?.Schema is { } status && obj["status"] is { } value)
            errors.AddRange(SchemaValidation.Validate(value, status, old["status"], "status"));
        if (scale is not null)
            errors.AddRange(Replicas(obj, scale.StatusReplicas));
        return WithListsAndRules(errors, obj, old, schema);
    }

    private static List<FieldError> WithListsAndRules(List<FieldError> errors, JsonObject obj, JsonObject? old, StructuralSchema schema)
    {
        // Duplicates that are stored already are let through, until the lists are clean once.
        if (old is null || !ListUniqueness.Validate(old, schema).Any())
            errors.AddRange(ListUniqueness.Validate(obj, schema));
        if (CelValidator.HasRules(schema))
            errors.AddRange(errors.Exists(Blocks) ? [NotChecked] : CelValidator.Validate(schema, obj, old));
        return errors;
    }

    private static IEnumerable<FieldError> Replicas(JsonObject obj, string path)
    {
        if (obj.At(path.TrimStart('.').Split('.')) is not { } value)
            yield break;
        if (value is not JsonNumber number || !number.TryGetInt64(out var replicas))
            yield return FieldError.Invalid(path, 0, $"{path} accessor error: {GoText.Of(value)} is of the type {GoText.TypeOf(value)}, expected int64");
        else if (replicas < 0)
            yield return FieldError.Invalid(path, replicas, "should be a non-negative integer");
    }

    // Rules may rely on what the schema says, so they are not asked about an object that does not follow it.
    private static bool Blocks(FieldError error) =>
        error.Type is FieldErrorType.NotSupported or FieldErrorType.Required or FieldErrorType.TooLong or FieldErrorType.TooMany or FieldErrorType.TypeInvalid;
}
