using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Protobuf;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Reads and decodes request bodies: JSON, YAML, and the protobuf of built-in kinds.</summary>
internal sealed class BodyReader(BuiltInKinds kinds)
{
    /// <summary>The most bytes a body may have.</summary>
    public const int Limit = 3 * 1024 * 1024;

    private const int ShownBytes = 30;
    private static readonly string[] Accepted = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limit)
            throw Failures.TooLarge(Limit);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Max(request.ContentLength ?? 0, 256));
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(4096), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return buffer.WrittenSpan.ToArray();
            buffer.Advance(read);
            if (buffer.WrittenCount > Limit)
                throw Failures.TooLarge(Limit);
        }
    }

    /// <summary>The object of a POST or PUT.</summary>
    public RequestBody Object(byte[] bytes, string? contentType, ResourceTarget target)
    {
        var kind = target.Version.Subresource(target.Subresource ?? "")?.Kind ?? target.Type.Kind;
        var parsed = Parse(bytes, contentType, target.Type.IsCustom, why => Unrecognised(kind, why, bytes));
        // A null decodes into an object with nothing set.
        if ((parsed.Value is JsonNull ? JsonObject.Empty : parsed.Value) is not JsonObject obj)
            throw Unrecognised(kind, $"couldn't get version/kind; json parse error: json: cannot unmarshal {Patching.GoText.KindOf(parsed.Value)} into Go value of type struct {{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }}", bytes);
        RequireKind(obj, target, kind, bytes);
        return new RequestBody(obj, parsed.DuplicateFields) { RepeatedKeys = parsed.RepeatedKeys };
    }

    /// <summary>DeleteOptions; null where there is no body.</summary>
    public static JsonObject? Options(byte[] bytes, string? contentType) =>
        bytes.Length == 0 ? null : Parse(bytes, contentType, custom: false, Failures.BadRequest).Value as JsonObject;

    private static ParsedJson Parse(byte[] bytes, string? contentType, bool custom, Func<string, StatusException> refusal)
    {
        var mediaType = AcceptClause.Bare(contentType);
        try
        {
            return mediaType switch
            {
                "" or "application/json" => JsonParser.Parse(bytes),
                "application/yaml" => YamlParser.Parse(bytes),
                "application/vnd.kubernetes.protobuf" when !custom => new ParsedJson(ObjectReader.Read(bytes), []),
                "application/vnd.kubernetes.protobuf" => throw Failures.UnsupportedMediaType(Accepted[..2]),
                _ => throw Failures.UnsupportedMediaType(Accepted),
            };
        }
        catch (ProtobufException e)
        {
            throw refusal(e.Message);
        }
        catch (JsonSyntaxException e)
        {
            throw refusal(mediaType == "application/yaml" ? e.Message : $"couldn't get version/kind; json parse error: {e.Message}");
        }
    }

    private void RequireKind(JsonObject obj, ResourceTarget target, string kind, byte[] bytes)
    {
        foreach (var field in (string[])["kind", "apiVersion"])
        {
            if (obj[field] is { } value and not (JsonString or JsonNull))
                throw Unrecognised(kind, $"couldn't get version/kind; json parse error: json: cannot unmarshal {Patching.GoText.KindOf(value)} into Go struct field .{field} of type string", bytes);
        }

        var givenKind = obj.StringAt("kind") ?? "";
        var givenVersion = obj.StringAt("apiVersion") ?? "";
        var custom = target.Type.IsCustom && target.Subresource != "scale";
        if (custom && givenKind.Length == 0)
            throw Unrecognised(kind, $"Object 'Kind' is missing in '{Encoding.UTF8.GetString(bytes)}'", bytes);
        var wanted = target.Version.Subresource(target.Subresource ?? "") is { Version: { } version } other
            ? (other.Group is { Length: > 0 } group ? $"{group}/{version}" : version)
            : target.ApiVersion;
        if (custom && givenVersion != wanted)
            throw OtherVersion(givenVersion, wanted);
        if (!custom && givenVersion.Count('/') > 1)
            throw Unrecognised(kind, $"unexpected GroupVersion string: {givenVersion}", bytes);
        if (!custom)
            kinds.Require(givenVersion.Length == 0 ? wanted : givenVersion, givenKind.Length == 0 ? kind : givenKind, wanted, kind);
    }

    public static StatusException OtherVersion(string given, string wanted) =>
        Failures.BadRequest($"the API version in the data ({given}) does not match the expected API version ({wanted})");

    private static StatusException Unrecognised(string kind, string why, byte[] bytes) =>
        Failures.BadRequest($"the object provided is unrecognized (must be of type {kind}): {why} ({Shown(bytes)})");

    private static string Shown(byte[] bytes)
    {
        if (bytes.Length == 0)
            return "<empty>";
        var head = bytes.AsSpan(0, Math.Min(ShownBytes, bytes.Length));
        return (bytes[0] == '{' ? Encoding.UTF8.GetString(head) : Convert.ToHexStringLower(head)) + (bytes.Length > ShownBytes ? " ..." : "");
    }
}
