using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Protobuf;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Writes answers that are whole objects.</summary>
internal static class ResponseWriter
{
    private const int WorthCompressing = 128 * 1024;

    public static Task ObjectAsync(HttpContext context, int code, JsonValue value, Representation representation)
    {
        var bytes = representation switch
        {
            { Format: BodyFormat.Protobuf } => ObjectWriter.Write((JsonObject)value),
            { Format: BodyFormat.Yaml } => YamlText.ToUtf8(value),
            { Pretty: true } => JsonText.ToUtf8(value, indented: true),
            _ => JsonText.ToUtf8Line(value),
        };
        return BytesAsync(context, code, bytes, representation.ContentType);
    }

    public static Task TextAsync(HttpContext context, int code, string text)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return BytesAsync(context, code, System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");
    }

    /// <summary>What an unknown path gets: not a Status, but Go's plain text.</summary>
    public static Task PageNotFoundAsync(HttpContext context) => TextAsync(context, 404, "404 page not found\n");

    public static Task BytesAsync(HttpContext context, int code, byte[] bytes, string contentType)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        return BodyAsync(context, bytes);
    }

    /// <summary>Writes the whole body, compressed where that is worth it and the client can read it.</summary>
    public static async Task BodyAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        var response = context.Response;
        if (bytes.Length > WorthCompressing && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            bytes = Compressed(bytes);
            response.Headers.ContentEncoding = "gzip";
            response.Headers.Append("Vary", "Accept-Encoding");
        }

        response.ContentLength = bytes.Length;
        // A client within the process reads once the answer has begun; a long body waits for its reader.
        await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Compressed(ReadOnlyMemory<byte> bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
            gzip.Write(bytes.Span);
        return output.ToArray();
    }
}
