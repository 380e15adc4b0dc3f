using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Storage;

/// <summary>An object as it was at one revision: in the storage version, metadata.resourceVersion set.</summary>
internal sealed class StoredObject(string? ns, string name, long revision, JsonObject value)
{
    public string? Namespace { get; } = ns;

    public string Name { get; } = name;

    /// <summary>The revision of the write that made it.</summary>
    public long Revision { get; } = revision;

    public JsonObject Value { get; } = value;

    public string Uid => Value.StringAt("metadata", "uid") ?? "";

    /// <summary>The same content as of another revision: how a deletion is told.</summary>
    public StoredObject At(long revision) => new(Namespace, Name, revision, Stamp(Value, revision));

    public static JsonObject Stamp(JsonObject value, long revision) =>
        value.WithAt(["metadata", "resourceVersion"], revision.ToString(CultureInfo.InvariantCulture));
}
