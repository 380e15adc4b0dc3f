using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Reads a list in one pass.</summary>
internal static class ListBody
{
    public static ResourceList<T> Read<T>(ReadOnlySpan<byte> json, ResourceDefinition definition, Action<InvalidObject>? onInvalid)
        where T : class, IJsonModel<T>
    {
        var reader = new Utf8JsonReader(json);
        List<T> items = [];
        var version = "";
        string? next = null;
        long? remaining = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"A list of {definition.QualifiedName} is not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                ReadMetadata(ref reader, ref version, ref next, ref remaining);
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                ReadItems(ref reader, items, definition, onInvalid);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ResourceList<T> { Items = items, ResourceVersion = version, Continue = next, RemainingItemCount = remaining };
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, List<T> items, ResourceDefinition definition, Action<InvalidObject>? onInvalid)
        where T : class, IJsonModel<T>
    {
        // An empty list of some servers is null.
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader;
            try
            {
                items.Add(T.ReadJson(ref reader));
            }
            catch (JsonException exception)
            {
                reader = start;
                var invalid = ObjectIdentity.Read(ref reader).ToInvalid(definition, exception);
                if (onInvalid is null)
                {
                    throw new InvalidObjectException(invalid);
                }

                onInvalid(invalid);
            }
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, ref string version, ref string? next, ref long? remaining)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("resourceVersion"u8))
            {
                reader.Read();
                version = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("continue"u8))
            {
                reader.Read();
                next = reader.GetString() is { Length: > 0 } token ? token : null;
            }
            else if (reader.ValueTextEquals("remainingItemCount"u8))
            {
                reader.Read();
                remaining = reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : null;
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
