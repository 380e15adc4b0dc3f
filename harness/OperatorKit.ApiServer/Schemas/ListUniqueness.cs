using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>Items of sets, and keys of lists with keys, may stand only once.</summary>
internal static class ListUniqueness
{
    public static IEnumerable<FieldError> Validate(JsonValue value, StructuralSchema schema)
    {
        var errors = new List<FieldError>();
        Node(value, schema, null, errors);
        return errors;
    }

    private static void Node(JsonValue value, StructuralSchema schema, FieldPath? path, List<FieldError> errors)
    {
        switch (value)
        {
            case JsonObject obj:
                foreach (var (key, member) in obj)
                {
                    if ((schema.Property(key)?.Schema ?? schema.AdditionalProperties) is { } child)
                        Node(member, child, path.Then(key), errors);
                }

                break;
            case JsonArray array when schema.Items is { } items:
                Duplicates(array, schema, path, errors);
                for (var i = 0; i < array.Count; i++)
                    Node(array[i], items, path.Then(i), errors);
                break;
        }
    }

    private static void Duplicates(JsonArray array, StructuralSchema schema, FieldPath? path, List<FieldError> errors)
    {
        if (schema.ListType is not (SchemaListType.Set or SchemaListType.Map))
            return;
        var seen = new HashSet<JsonValue>();
        for (var i = 0; i < array.Count; i++)
        {
            var identity = schema.ListType == SchemaListType.Set ? array[i] : KeyOf(array[i], schema);
            if (!seen.Add(identity))
                errors.Add(FieldError.Duplicate(path.Then(i).ToString(), identity));
        }
    }

    private static JsonValue KeyOf(JsonValue item, StructuralSchema schema)
    {
        if (item is not JsonObject obj)
            return item;
        var key = new JsonObject.Builder();
        foreach (var name in schema.ListMapKeys)
            key[name] = obj[name];
        return key.Build();
    }
}
