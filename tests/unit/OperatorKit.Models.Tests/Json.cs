using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OperatorKit.Models.Tests;

internal static class Json
{
    public static T Read<T>(string json)
        where T : IJsonModel<T>
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 1000 });
        var value = T.ReadJson(ref reader);
        reader.TokenType.ShouldBe(JsonTokenType.EndObject);
        reader.Read().ShouldBeFalse();
        return value;
    }

    public static string Write<T>(T value)
        where T : IJsonModel<T>
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            T.WriteJson(writer, value);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string Error<T>(string json)
        where T : IJsonModel<T>
        => Should.Throw<JsonException>(() => Read<T>(json)).Message;
}
