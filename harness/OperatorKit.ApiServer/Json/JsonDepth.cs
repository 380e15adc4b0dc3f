namespace OperatorKit.ApiServer.Json;

/// <summary>How deep a document may be: everything that walks a value recurses, so the limit stays well within a thread's stack.</summary>
internal static class JsonDepth
{
    /// <summary>The deepest nesting of a document. Go allows 10,000.</summary>
    public const int Maximum = 1_000;

    /// <summary>The number of objects and arrays inside each other: 0 for a scalar.</summary>
    public static int Of(JsonValue value) => value switch
    {
        JsonObject { Count: > 0 } obj => 1 + Deepest(obj),
        JsonArray { Count: > 0 } array => 1 + array.Items.Max(Of),
        JsonObject or JsonArray => 1,
        _ => 0,
    };

    private static int Deepest(JsonObject obj)
    {
        var deepest = 0;
        foreach (var (_, member) in obj)
            deepest = Math.Max(deepest, Of(member));
        return deepest;
    }
}
