using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>What a custom resource goes through by its schema: decode (prune), complete (nulls, defaults), validate.</summary>
internal static class CustomResourceSchema
{
    /// <summary>The object without the fields that the schema does not have.</summary>
    /// <exception cref="DecodingException">The metadata is not object metadata.</exception>
    public static DecodedObject Decode(JsonObject obj, StructuralSchema schema) => Pruning.Prune(obj, schema);

    /// <summary>The object with defaults in place and nulls that are not allowed gone.</summary>
    public static JsonObject Complete(JsonObject obj, StructuralSchema schema) => (JsonObject)Defaulting.Apply(obj, schema);

    /// <summary>Everything but CEL. The old object is there on update.</summary>
    public static IEnumerable<FieldError> Validate(JsonObject obj, JsonObject? old, StructuralSchema schema)
    {
        IEnumerable<FieldError> errors = SchemaValidation.Validate(obj, schema, old);
        errors = errors.Concat(EmbeddedResources.Validate(obj, schema));
        // Duplicates that are stored already are let through, until the lists are clean once.
        return old is not null && ListUniqueness.Validate(old, schema).Any() ? errors : errors.Concat(ListUniqueness.Validate(obj, schema));
    }
}
