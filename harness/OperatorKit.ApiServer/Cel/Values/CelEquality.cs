using System.Diagnostics.CodeAnalysis;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Values;

/// <summary>Equality of values: numbers across their types, lists and maps by content, values of different types never.</summary>
internal sealed class CelEquality : IEqualityComparer<object?>
{
    public static CelEquality Instance { get; } = new();

    /// <exception cref="CelBudgetException">The values are nested too deeply.</exception>
    public new bool Equals(object? x, object? y)
    {
        CelCost.RequireStack();
        return Same(x, y);
    }

    /// <exception cref="CelBudgetException">The value is nested too deeply.</exception>
    public int GetHashCode([DisallowNull] object? obj)
    {
        CelCost.RequireStack();
        return Hash(obj);
    }

    private bool Same(object? x, object? y) => (x, y) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (long or ulong or double, long or ulong or double) => CelNumbers.Compare(x, y) == 0,
        (CelList left, CelList right) => SameLists(left, right),
        (CelMap left, CelMap right) => SameMaps(left, right),
        (CelObject left, CelObject right) => SameObjects(left, right),
        (CelType left, CelType right) => left.Kind == right.Kind && left.Name == right.Name,
        (CelMessage left, CelMessage right) => left.Type.Name == right.Type.Name && left.Fields.Count == right.Fields.Count
            && left.Fields.All(field => right.Fields.TryGetValue(field.Key, out var other) && Equals(field.Value, other)),
        (CelOptional left, CelOptional right) => Equals(left.Value, right.Value),
        // As upstream, where no two questions to the authorizer and no two answers can be compared.
        (CelAuthorizationCheck or CelDecision, _) => throw new CelException(CelError.NoSuchOverload.Message),
        _ => x.Equals(y),
    };

    // Whether order counts depends on both lists, so it must not make a difference here.
    private int Hash(object obj) => obj switch
    {
        long or ulong or double => CelNumbers.ToDouble(obj).GetHashCode(),
        CelList { Items.Count: 0 } => 0,
        CelList list => HashCode.Combine(list.Items.Count, list.Items.Max(GetHashCode)),
        CelMap map => map.Entries.Aggregate(map.Entries.Count, (hash, entry) => hash ^ HashCode.Combine(GetHashCode(entry.Key), GetHashCode(entry.Value))),
        CelObject { Json: var json, Shape: var shape } fields => shape.Fields.Keys.Aggregate(json.Count, (hash, name) => fields.Get(name) is { } value ? hash ^ HashCode.Combine(name, GetHashCode(value)) : hash),
        CelMessage message => message.Fields.Aggregate(message.Fields.Count, (hash, field) => hash ^ HashCode.Combine(field.Key, GetHashCode(field.Value))),
        CelType type => (int)type.Kind,
        CelOptional optional => optional.Value is null ? 0 : GetHashCode(optional.Value),
        _ => obj.GetHashCode(),
    };

    private bool SameLists(CelList left, CelList right)
    {
        if (left.Items.Count != right.Items.Count)
            return false;
        if (left.ListType == SchemaListType.Set)
            return new HashSet<object>(left.Items, this).SetEquals(right.Items);
        if (left.ListType != SchemaListType.Map)
            return left.Items.SequenceEqual(right.Items, this);
        var others = new Dictionary<object, object>(this);
        foreach (var other in right.Items)
            others.TryAdd(left.KeyOf(other), other);
        return left.Items.All(item => others.TryGetValue(left.KeyOf(item), out var match) && Equals(item, match));
    }

    private bool SameMaps(CelMap left, CelMap right) =>
        left.Entries.Count == right.Entries.Count && left.Entries.All(entry => right.Entries.TryGetValue(entry.Key, out var other) && Equals(entry.Value, other));

    private bool SameObjects(CelObject left, CelObject right)
    {
        if (ReferenceEquals(left.Json, right.Json))
            return true;
        if (left.Json.Count != right.Json.Count)
            return false;
        foreach (var (name, field) in left.Shape.Fields)
        {
            if (left.Json.ContainsKey(field.JsonName) != right.Json.ContainsKey(field.JsonName))
                return false;
            if (left.Get(name) is { } value && !Equals(value, right.Get(name)))
                return false;
        }

        return true;
    }
}
