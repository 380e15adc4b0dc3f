using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Makes the body of a server-side apply out of a whole object.</summary>
internal static class ApplyBody
{
    private static readonly string[] ServerOwned =
        ["resourceVersion", "uid", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink", "generateName"];

    private static readonly string[] Identity = ["name", "namespace", "uid"];

    /// <summary>Everything but the status and what the server owns of the metadata.</summary>
    public static ReadOnlyMemory<byte> OfMain<T>(T resource, ResourceDefinition definition)
        where T : class, IJsonModel<T> => Write(resource, definition, isStatus: false);

    /// <summary>The status, and the metadata that say whose it is.</summary>
    public static ReadOnlyMemory<byte> OfStatus<T>(T resource, ResourceDefinition definition)
        where T : class, IJsonModel<T> => Write(resource, definition, isStatus: true);

    private static ReadOnlyMemory<byte> Write<T>(T resource, ResourceDefinition definition, bool isStatus)
        where T : class, IJsonModel<T>
    {
        var whole = ObjectWriter.Write(writer => T.WriteJson(writer, resource));
        return ObjectWriter.Write(writer => Copy(whole.Span, writer, definition, isStatus));
    }

    private static void Copy(ReadOnlySpan<byte> json, Utf8JsonWriter writer, ResourceDefinition definition, bool isStatus)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, definition.ApiVersion);
        writer.WriteString("kind"u8, definition.Kind);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "apiVersion" or "kind":
                    break;
                case "metadata":
                    writer.WritePropertyName("metadata"u8);
                    CopyMetadata(ref reader, json, writer, isStatus);
                    break;
                default:
                    CopyMember(ref reader, json, writer, name, name == "status" == isStatus);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static void CopyMetadata(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Utf8JsonWriter writer, bool isStatus)
    {
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            CopyMember(ref reader, json, writer, name, isStatus ? Identity.Contains(name) : !ServerOwned.Contains(name));
        }

        writer.WriteEndObject();
    }

    private static void CopyMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Utf8JsonWriter writer, string name, bool isWanted)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        if (isWanted)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }
}
