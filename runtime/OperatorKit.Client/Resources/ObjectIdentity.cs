using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>The few members of an object that are needed where the rest is not, or cannot be read.</summary>
internal readonly record struct ObjectIdentity(string? Namespace, string Name, string ResourceVersion, bool EndsInitialEvents)
{
    /// <summary>The annotation of the bookmark that ends the initial events of a watch.</summary>
    private static ReadOnlySpan<byte> InitialEventsEnd => "k8s.io/initial-events-end"u8;

    public static ObjectIdentity Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            return Read(ref reader);
        }
        catch (JsonException)
        {
            return new ObjectIdentity(null, "", "", false);
        }
    }

    /// <summary>Reads <c>metadata</c> and skips the rest; the reader stands on the object's start, and on its end afterwards.</summary>
    public static ObjectIdentity Read(ref Utf8JsonReader reader)
    {
        var identity = new ObjectIdentity(null, "", "", false);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return identity;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
            {
                identity = ReadMetadata(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return identity;
    }

    public InvalidObject ToInvalid(ResourceDefinition definition, JsonException exception) => new(definition, Namespace, Name, ResourceVersion, exception);

    private static ObjectIdentity ReadMetadata(ref Utf8JsonReader reader)
    {
        string? @namespace = null;
        var name = "";
        var version = "";
        var ends = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("annotations"u8))
            {
                reader.Read();
                ends = ReadAnnotations(ref reader);
                continue;
            }

            var isName = reader.ValueTextEquals("name"u8);
            var isNamespace = reader.ValueTextEquals("namespace"u8);
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
            }
            else if (isName)
            {
                name = reader.GetString()!;
            }
            else if (isNamespace)
            {
                @namespace = reader.GetString();
            }
            else if (isVersion)
            {
                version = reader.GetString()!;
            }
        }

        return new ObjectIdentity(@namespace, name, version, ends);
    }

    private static bool ReadAnnotations(ref Utf8JsonReader reader)
    {
        var ends = false;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return ends;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEnd = reader.ValueTextEquals(InitialEventsEnd);
            reader.Read();
            ends |= isEnd && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("true"u8);
            reader.Skip();
        }

        return ends;
    }
}
