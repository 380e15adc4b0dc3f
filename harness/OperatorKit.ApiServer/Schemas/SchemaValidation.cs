using System.Collections.Immutable;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>
/// Checks a value against a structural schema, with the texts of kube-apiserver. On update, a part that is equal to
/// the stored part it stands for is not judged again: a schema may tighten without locking up what is stored.
/// </summary>
internal sealed class SchemaValidation
{
    private readonly string _field;
    private readonly List<FieldError> _errors = [];

    private SchemaValidation(string field) => _field = field;

    /// <summary>Checks a whole object, or the value of the field that is named.</summary>
    /// <param name="value">The value to check.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="old">The stored value on update, else null.</param>
    /// <param name="field">Where the value stands when it is not a whole object; only shown in the paths of errors.</param>
    public static ImmutableArray<FieldError> Validate(JsonValue value, StructuralSchema schema, JsonValue? old = null, string field = "")
    {
        var validation = new SchemaValidation(field);
        validation.Node(value, old, schema, null);
        return [.. validation._errors];
    }

    private void Node(JsonValue value, JsonValue? old, StructuralSchema schema, FieldPath? path)
    {
        if (old is not null && old.Equals(value))
            return;
        if (value is JsonNull && (schema.Nullable || schema.Type == SchemaType.Any))
            return;
        var restrictions = new ValueRestrictions(_errors, _field);
        restrictions.Type(value, schema, path);
        restrictions.Junctors(value, schema.Validation, path);
        restrictions.Scalars(value, schema.Type, schema.Format, schema.Validation, path);
        switch (value)
        {
            case JsonObject obj:
                restrictions.Members(obj, schema.Validation, path);
                Members(obj, old as JsonObject, schema, path);
                break;
            case JsonArray array:
                Items(array, old as JsonArray, schema, path);
                restrictions.Items(array, schema.Validation, path);
                break;
        }
    }

    private void Items(JsonArray array, JsonArray? old, StructuralSchema schema, FieldPath? path)
    {
        if (schema.Items is not { } items)
            return;
        var correlated = ListCorrelation.Of(old, schema);
        for (var i = 0; i < array.Count; i++)
            Node(array[i], correlated.Find(array[i]), items, path.Then(i));
    }

    private void Members(JsonObject obj, JsonObject? old, StructuralSchema schema, FieldPath? path)
    {
        foreach (var property in schema.Properties)
        {
            if (obj[property.Name] is { } value)
                Node(value, old?[property.Name], property.Schema, path.Then(property.Name));
        }

        if (schema.AdditionalProperties is not { } values)
            return;
        foreach (var (key, value) in obj)
        {
            if (schema.Property(key) is null)
                Node(value, old?[key], values, path.Then(key));
        }
    }
}
