using System.Buffers.Text;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Patching;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Where the next page of a list begins. Clients treat it as opaque, but tests look into it, so it has upstream's form.</summary>
/// <param name="Revision">The snapshot that all pages come from; -1 for whatever is current.</param>
/// <param name="Start">The key after which the page begins: <c>namespace/name</c>, or the name.</param>
internal sealed record ContinueToken(long Revision, string Start)
{
    private const string Version = "meta.k8s.io/v1";

    public string Encode() => Base64Url.EncodeToString(JsonText.ToUtf8(JsonObject.Of(("v", Version), ("rv", Revision), ("start", Start + "\0"))));

    /// <exception cref="StatusException">400: no server made this token.</exception>
    public static ContinueToken Decode(string text)
    {
        JsonValue token;
        try
        {
            token = JsonParser.Parse(Base64UrlText.Decode(text)).Value;
        }
        catch (Exception e) when (e is FormatException or JsonSyntaxException)
        {
            throw Invalid(e.Message);
        }

        if (token is not (JsonObject or JsonNull))
            throw Invalid($"json: cannot unmarshal {GoText.KindOf(token)} into Go value of type storage.continueToken");
        var fields = token as JsonObject ?? JsonObject.Empty;
        var version = Field<JsonString>(fields, "v", "string")?.Value ?? "";
        var revision = Field<JsonNumber>(fields, "rv", "int64") is null ? 0 : fields.LongAt("rv") ?? 0;
        var start = Field<JsonString>(fields, "start", "string")?.Value ?? "";
        if (version != Version)
            throw Invalid($"server does not recognize this encoded version {version}");
        if (revision == 0)
            throw Invalid($"incorrect encoded start resourceVersion (version {Version})");
        if (start.Length == 0)
            throw Invalid($"encoded start key empty (version {Version})");
        if (!IsClean(start))
            throw Invalid(start);
        return new ContinueToken(revision, start.TrimEnd('\0'));
    }

    private static T? Field<T>(JsonObject token, string name, string type)
        where T : JsonValue => token[name] switch
        {
            null or JsonNull => null,
            T value => value,
            var other => throw Invalid($"json: cannot unmarshal {GoText.KindOf(other)} into Go struct field continueToken.{name} of type {type}"),
        };

    // A key that leads out of the collection is no key.
    private static bool IsClean(string start) => start == "/" || !start.TrimStart('/').Split('/').Any(static part => part is "" or "." or "..");

    private static StatusException Invalid(string why) => Failures.BadRequest($"invalid continue token: continue key is not valid: {why}");
}
