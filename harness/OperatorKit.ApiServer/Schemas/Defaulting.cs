using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>
/// Fills in the defaults of a structural schema. A null that the schema does not allow gives way to the default; one that has
/// none goes when a body is read (<see cref="WithoutForbiddenNulls"/>). Objects are never made just to hold a default.
/// </summary>
internal static class Defaulting
{
    public static JsonValue Apply(JsonValue value, StructuralSchema schema) => value switch
    {
        JsonObject obj => Object(obj, schema),
        JsonArray array when schema.Items is { } items => Array(array, items),
        _ => value,
    };

    /// <summary>The value without the members that are null where the schema neither allows that nor has a default.</summary>
    public static JsonValue WithoutForbiddenNulls(JsonValue value, StructuralSchema schema)
    {
        switch (value)
        {
            case JsonObject obj:
                var result = obj;
                foreach (var (key, given) in obj)
                {
                    if ((schema.Property(key)?.Schema ?? schema.AdditionalProperties) is not { } member)
                        continue;
                    result = IsForbiddenNull(given, member)
                        ? (member.Default is null ? result.Without(key) : result)
                        : result.With(key, WithoutForbiddenNulls(given, member));
                }

                return result;
            case JsonArray array when schema.Items is { } items:
                return JsonArray.Of(array.Items.Select(item => WithoutForbiddenNulls(item, items)));
            default:
                return value;
        }
    }

    private static JsonObject Object(JsonObject obj, StructuralSchema schema)
    {
        var result = obj;
        foreach (var property in schema.Properties)
        {
            var given = obj[property.Name];
            if (given is not null && !IsForbiddenNull(given, property.Schema))
                result = result.With(property.Name, Apply(given, property.Schema));
            else if (property.Schema.Default is { } value)
                result = result.With(property.Name, Apply(value, property.Schema));
        }

        if (schema.AdditionalProperties is not { } values)
            return result;
        foreach (var (key, given) in obj)
        {
            if (schema.Property(key) is not null)
                continue;
            if (!IsForbiddenNull(given, values))
                result = result.With(key, Apply(given, values));
            else if (values.Default is { } value)
                result = result.With(key, Apply(value, values));
        }

        return result;
    }

    private static JsonArray Array(JsonArray array, StructuralSchema items)
    {
        var changed = array.Items.ToBuilder();
        for (var i = 0; i < changed.Count; i++)
            changed[i] = Apply(IsForbiddenNull(changed[i], items) && items.Default is { } value ? value : changed[i], items);
        return new JsonArray(changed.DrainToImmutable());
    }

    private static bool IsForbiddenNull(JsonValue value, StructuralSchema schema) =>
        value is JsonNull && !schema.Nullable && !(schema.PreserveUnknownFields && schema.Type == SchemaType.Any);
}
