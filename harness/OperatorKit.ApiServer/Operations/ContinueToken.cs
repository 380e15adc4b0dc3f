using System.Buffers.Text;
using System.Text;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Where the next page of a list begins. Clients treat it as opaque, but tests look into it, so it has upstream's form.</summary>
/// <param name="Revision">The snapshot that all pages come from; -1 for whatever is current.</param>
/// <param name="Start">The key after which the page begins: <c>namespace/name</c>, or the name.</param>
internal sealed record ContinueToken(long Revision, string Start)
{
    private const string Version = "meta.k8s.io/v1";

    public string Encode() => Base64Url.EncodeToString(JsonText.ToUtf8(JsonObject.Of(("v", Version), ("rv", Revision), ("start", Start + "\0"))));

    public static ContinueToken Decode(string text)
    {
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            throw Invalid("illegal base64 data at input byte 0");
        }

        try
        {
            if (JsonParser.Parse(bytes).Value is JsonObject token && token.StringAt("v") == Version && token.LongAt("rv") is { } revision && token.StringAt("start") is { } start)
                return new ContinueToken(revision, start.TrimEnd('\0'));
        }
        catch (JsonSyntaxException e)
        {
            throw Invalid(e.Message);
        }

        throw Invalid($"server does not recognize this encoded version {Encoding.UTF8.GetString(bytes)}");
    }

    private static StatusException Invalid(string why) => Failures.BadRequest($"invalid continue token: continue key is not valid: {why}");
}
