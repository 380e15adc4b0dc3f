using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>An object inside an object has to say what it is.</summary>
internal static class EmbeddedResources
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
                if (schema.EmbeddedResource && path is not null)
                {
                    foreach (var name in (string[])["apiVersion", "kind"])
                    {
                        if (string.IsNullOrEmpty(obj.StringAt(name)))
                            errors.Add(FieldError.Required(path.Then(name).ToString()));
                    }
                }

                foreach (var (key, member) in obj)
                {
                    if ((schema.Property(key)?.Schema ?? schema.AdditionalProperties) is { } child)
                        Node(member, child, path.Then(key), errors);
                }

                break;
            case JsonArray array when schema.Items is { } items:
                for (var i = 0; i < array.Count; i++)
                    Node(array[i], items, path.Then(i), errors);
                break;
        }
    }
}
