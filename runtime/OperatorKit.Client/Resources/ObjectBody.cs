using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Reads an object that is a whole body.</summary>
internal static class ObjectBody
{
    public static T Read<T>(ReadOnlySpan<byte> json, ApiRequest request)
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
            throw request.Definition is { } definition
                ? new InvalidObjectException(ObjectIdentity.Of(json).ToInvalid(definition, exception))
                : new KubernetesException($"{request.Describe()}: the answer is not what was asked for: {exception.Message.TrimEnd('.')}. Is this a Kubernetes API server?", null, exception);
        }
    }
}
