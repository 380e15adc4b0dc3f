using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Reads an object that is a whole body.</summary>
internal static class ObjectBody
{
    public static T Read<T>(ReadOnlySpan<byte> json, ResourceDefinition definition)
        where T : IJsonModel<T>
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            return T.ReadJson(ref reader);
        }
        catch (JsonException exception)
        {
            throw new InvalidObjectException(ObjectIdentity.Of(json).ToInvalid(definition, exception));
        }
    }
}
