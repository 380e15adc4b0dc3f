using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Cel.Values;

/// <summary>Turns what an expression made into JSON.</summary>
internal static class CelToJson
{
    // JSON made by an expression is read with numbers of this precision: a larger one goes as text.
    private const double LargestExact = (1L << 53) - 1;

    /// <exception cref="CelException">The value has no form in JSON.</exception>
    public static JsonValue Of(object value) => value switch
    {
        bool boolean => boolean,
        long integer => Math.Abs((double)integer) > LargestExact ? CelText.Of(integer) : integer,
        ulong integer => new JsonNumber(CelText.Of(integer)),
        double real when double.IsFinite(real) => JsonValue.From(real),
        string text => text,
        CelNull => JsonValue.Null,
        CelBytes bytes => Convert.ToBase64String(bytes.Content.AsSpan()),
        DateTimeOffset or TimeSpan => CelText.Of(value),
        CelList list => JsonArray.Of(list.Items.Select(Of)),
        CelMap map => JsonObject.Of([.. map.Entries.Select(static entry => (Key(entry.Key), Of(entry.Value)))]),
        CelMessage message => JsonObject.Of([.. message.Fields.Select(static field => (field.Key, Of(field.Value)))]),
        CelObject obj => obj.Json,
        _ => throw new CelException($"a value of type {CelRuntimeType.Of(value)} has no form in JSON"),
    };

    private static string Key(object key) => key as string ?? throw new CelException($"map key \"{CelText.Of(key)}\" is of type {CelRuntimeType.Of(key)}, not string");
}
