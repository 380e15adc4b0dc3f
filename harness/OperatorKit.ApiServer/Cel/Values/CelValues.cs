using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Values;

// A value of CEL is a .NET object: bool, long, ulong, double, string, DateTimeOffset (timestamp), TimeSpan (duration),
// CelType, or one of the types here and in the libraries.

/// <summary>null.</summary>
internal sealed class CelNull
{
    private CelNull()
    {
    }

    public static CelNull Instance { get; } = new();
}

internal sealed record CelBytes(ImmutableArray<byte> Content)
{
    public bool Equals(CelBytes? other) => other is not null && Content.AsSpan().SequenceEqual(other.Content.AsSpan());

    public override int GetHashCode() => Content.Length;
}

/// <summary>An evaluation that failed. It goes up through everything that does not absorb it.</summary>
internal sealed record CelError(string Message)
{
    public static CelError NoSuchOverload { get; } = new("no such overload");

    public static CelError NoSuchKey(object key) => new($"no such key: {CelText.Of(key)}");
}

/// <summary>A value that may be missing.</summary>
internal sealed record CelOptional(object? Value)
{
    public static CelOptional None { get; } = new((object?)null);
}

/// <summary>An object that an expression made.</summary>
/// <param name="Type">The type that it is named by.</param>
internal sealed record CelMessage(CelType Type, ImmutableSortedDictionary<string, object> Fields)
{
    private long? _size;

    /// <summary>What the message weighs in a budget.</summary>
    public long Size => _size ??= CelCost.Total(Fields.Values);
}

/// <summary>A list. One that stems from a list of type set or map compares and adds as such.</summary>
internal sealed class CelList(IReadOnlyList<object> items, StructuralSchema? schema = null)
{
    public static CelList Empty { get; } = new([]);

    private long? _size;

    public IReadOnlyList<object> Items { get; } = items;

    /// <summary>What the list weighs in a budget.</summary>
    public long Size => _size ??= CelCost.Total(Items);

    public SchemaListType ListType => schema?.ListType ?? SchemaListType.Atomic;

    /// <summary>The schema that the list stems from; null for one that an expression made.</summary>
    public StructuralSchema? Schema => schema;

    /// <summary>What tells an item of a list of type map from others.</summary>
    public object KeyOf(object item) =>
        new CelList([.. (schema?.ListMapKeys ?? []).Select(key => (item is CelObject obj && CelFieldNames.Escape(key) is { } name ? obj.Get(name) : null) ?? CelNull.Instance)]);
}

internal sealed class CelMap(IReadOnlyDictionary<object, object> entries)
{
    private long? _size;

    public IReadOnlyDictionary<object, object> Entries { get; } = entries;

    /// <summary>What the map weighs in a budget.</summary>
    public long Size => _size ??= CelCost.Total(Entries.Keys.Concat(Entries.Values));

    public static CelMap Of(IEnumerable<KeyValuePair<object, object>> entries) => new(new Dictionary<object, object>(entries, CelEquality.Instance));
}

/// <summary>A map whose values are made when they are first asked for.</summary>
/// <param name="make">The value of a key; null where there is no such key.</param>
internal sealed class CelLazyMap(Func<string, object?> make)
{
    private readonly Dictionary<string, object?> _made = new(StringComparer.Ordinal);

    public object? Find(string key) => _made.TryGetValue(key, out var value) ? value : _made[key] = make(key);
}

/// <summary>An object of a resource, seen through its schema; fields turn into values when they are first asked for.</summary>
internal sealed class CelObject(JsonObject json, CelObjectShape shape)
{
    private Dictionary<string, object>? _values;
    private long? _size;

    /// <summary>What the object weighs in a budget.</summary>
    public long Size => _size ??= CelCost.Total(json);

    public JsonObject Json => json;

    public CelObjectShape Shape => shape;

    /// <summary>The value of a field; null where the object does not have it.</summary>
    public object? Get(string field)
    {
        if (_values is not null && _values.TryGetValue(field, out var known))
            return known;
        if (!shape.Fields.TryGetValue(field, out var declared) || json[declared.JsonName] is not { } member)
            return null;
        return (_values ??= new Dictionary<string, object>(StringComparer.Ordinal))[field] = CelJson.ToValue(member, declared.Schema);
    }
}
