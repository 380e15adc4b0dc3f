using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Storage;

/// <summary>An object as it was at one revision: in the storage version, metadata.resourceVersion set.</summary>
internal sealed class StoredObject(string? ns, string name, long revision, JsonObject value, object? writtenAs = null)
{
    private const int RememberedViews = 4;

    private View[] _views = [];

    public string? Namespace { get; } = ns;

    public string Name { get; } = name;

    /// <summary>The revision of the write that made it.</summary>
    public long Revision { get; } = revision;

    public JsonObject Value { get; } = value;

    /// <summary>The version it was processed for when it was written; as long as that is current, reading needs no work.</summary>
    public object? WrittenAs { get; } = writtenAs;

    public string Uid => Value.StringAt("metadata", "uid") ?? "";

    /// <summary>The same content as of another revision: how a deletion is told.</summary>
    public StoredObject At(long revision) => new(Namespace, Name, revision, Stamp(Value, revision), WrittenAs);

    /// <summary>The object as another version shows it; views are remembered, so that all watchers share them.</summary>
    public JsonObject As(object version, Func<JsonObject, JsonObject> convert) => Seen(version) ?? Remember(version, convert(Value));

    /// <summary>The remembered view of a version, or null.</summary>
    public JsonObject? Seen(object version)
    {
        foreach (var view in Volatile.Read(ref _views))
        {
            if (ReferenceEquals(view.Version, version))
                return view.Value;
        }

        return null;
    }

    public JsonObject Remember(object version, JsonObject value)
    {
        value.RestWith(Value);
        var views = Volatile.Read(ref _views);
        Volatile.Write(ref _views, [.. views.TakeLast(RememberedViews - 1), new View(version, value)]);
        return value;
    }

    public static JsonObject Stamp(JsonObject value, long revision) =>
        value.WithAt(["metadata", "resourceVersion"], revision.ToString(CultureInfo.InvariantCulture));

    private sealed record View(object Version, JsonObject Value);
}
