using System.Buffers;
using System.Text.Json;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.Testing.Simulations.Specs;

/// <summary>Between typed objects and those of the server.</summary>
internal static class Typed
{
    public static JsonObject ToJson<T>(T value)
        where T : class, IKubernetesResource<T>
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            T.WriteJson(writer, value);
        return ((JsonObject)JsonParser.Parse(bytes.WrittenSpan).Value)
            .With("apiVersion", T.Definition.ApiVersion)
            .With("kind", T.Definition.Kind);
    }

    public static T Read<T>(JsonObject value)
        where T : class, IKubernetesResource<T>
    {
        var reader = new Utf8JsonReader(JsonText.ToUtf8(value));
        reader.Read();
        return T.ReadJson(ref reader);
    }
}
