namespace OperatorKit.ApiServer.Json;

/// <summary>What an object that may rest has beside its members.</summary>
internal sealed class RestingText(RecentObjects recent)
{
    private volatile byte[]? _utf8;

    /// <summary>The objects it rests among.</summary>
    public RecentObjects Recent { get; } = recent;

    /// <summary>The object in one line of UTF-8; null as long as it has not rested.</summary>
    public byte[]? Utf8 => _utf8;

    public void Write(JsonObject value) => _utf8 ??= JsonText.ToUtf8(value);
}
