using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Protobuf;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>
/// The definitions of the v2 document as protobuf: kubectl reads them to check <c>kind: List</c> files. Paths are left out,
/// nobody reads them in this form. The messages are gnostic's,
/// https://github.com/google/gnostic/blob/main/openapiv2/OpenAPIv2.proto.
/// </summary>
internal static class SwaggerProtobuf
{
    /// <summary>What clients ask for. It is no legal media type, so the answer names itself <see cref="MediaType"/>.</summary>
    public const string AskedFor = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    public const string MediaType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    public static byte[] Write(JsonObject document)
    {
        var writer = new ProtobufWriter();
        writer.Text(1, document.StringAt("swagger") ?? "2.0");
        writer.Message(2, info =>
        {
            info.Text(1, document.StringAt("info", "title") ?? "");
            info.Text(2, document.StringAt("info", "version") ?? "");
        });
        writer.Message(8, static _ => { });
        writer.Message(9, definitions => Schemas(definitions, document.ObjectAt("definitions") ?? JsonObject.Empty));
        return writer.Written.ToArray();
    }

    private static void Schemas(ProtobufWriter writer, JsonObject schemas)
    {
        foreach (var (name, schema) in schemas)
        {
            writer.Message(1, named =>
            {
                named.Text(1, name);
                named.Message(2, value => Schema(value, (JsonObject)schema));
            });
        }
    }

    private static void Schema(ProtobufWriter writer, JsonObject schema)
    {
        foreach (var (key, value) in schema)
        {
            switch (value)
            {
                case JsonString text when Field(key) is { } field:
                    writer.Text(field, text.Value);
                    break;
                case JsonString text when key == "type":
                    writer.Message(22, type => type.Text(1, text.Value));
                    break;
                case JsonArray required when key == "required":
                    foreach (var name in required.OfType<JsonString>())
                        writer.Text(19, name.Value);
                    break;
                case JsonObject inner when key == "additionalProperties":
                    writer.Message(21, item => item.Message(1, one => Schema(one, inner)));
                    break;
                case JsonObject inner when key == "items":
                    writer.Message(23, item => item.Message(1, one => Schema(one, inner)));
                    break;
                case JsonObject properties when key == "properties":
                    writer.Message(25, all => Schemas(all, properties));
                    break;
                case var extension when key.StartsWith("x-", StringComparison.Ordinal):
                    writer.Message(31, named =>
                    {
                        named.Text(1, key);
                        named.Message(2, any => any.Text(2, YamlText.Write(extension)));
                    });
                    break;
            }
        }
    }

    private static int? Field(string key) => key switch
    {
        "$ref" => 1,
        "format" => 2,
        "title" => 3,
        "description" => 4,
        _ => null,
    };
}
