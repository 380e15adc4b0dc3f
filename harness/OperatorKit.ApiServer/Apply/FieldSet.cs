namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// An immutable set of field paths, kept as a trie: a node says whether the path that leads to it is in the set, and holds the
/// nodes below it. No node is empty, so two sets with the same paths have the same shape.
/// </summary>
internal sealed class FieldSet
{
    private readonly Dictionary<string, FieldSet>? _children;

    private FieldSet(bool isMember, Dictionary<string, FieldSet>? children)
    {
        IsMember = isMember;
        _children = children;
    }

    public static FieldSet Empty { get; } = new(false, null);

    /// <summary>The set that holds the node itself and nothing below.</summary>
    public static FieldSet Leaf { get; } = new(true, null);

    /// <summary>Whether the path that leads here is in the set.</summary>
    public bool IsMember { get; }

    public bool IsEmpty => !IsMember && _children is null;

    public bool HasChildren => _children is not null;

    public IEnumerable<KeyValuePair<string, FieldSet>> Children => _children ?? Enumerable.Empty<KeyValuePair<string, FieldSet>>();

    /// <summary>A node of the given parts; empty children are left out.</summary>
    public static FieldSet Of(bool isMember, IEnumerable<KeyValuePair<string, FieldSet>> children)
    {
        Dictionary<string, FieldSet>? kept = null;
        foreach (var (element, child) in children)
        {
            if (!child.IsEmpty)
                (kept ??= new Dictionary<string, FieldSet>(StringComparer.Ordinal))[element] = child;
        }

        return kept is null ? isMember ? Leaf : Empty : new FieldSet(isMember, kept);
    }

    /// <summary>The set of one path of elements.</summary>
    public static FieldSet OfPath(params ReadOnlySpan<string> path) =>
        path.IsEmpty ? Leaf : Of(false, [new(path[0], OfPath(path[1..]))]);

    /// <summary>The set of one path of member names.</summary>
    public static FieldSet OfFields(params IEnumerable<string> names) => OfPath([.. names.Select(PathElement.Field)]);

    public static FieldSet UnionOf(IEnumerable<FieldSet> sets) => sets.Aggregate(Empty, static (all, next) => all.Union(next));

    /// <summary>What is below an element; empty where nothing is.</summary>
    public FieldSet Child(string element) => _children is not null && _children.TryGetValue(element, out var child) ? child : Empty;

    public bool Contains(IEnumerable<string> path) => path.Aggregate(this, static (node, element) => node.Child(element)).IsMember;

    public FieldSet AsMember() => IsMember ? this : _children is null ? Leaf : new FieldSet(true, _children);

    public FieldSet Union(FieldSet other)
    {
        if (IsEmpty || ReferenceEquals(this, other))
            return other;
        if (other.IsEmpty)
            return this;
        if (other._children is null)
            return AsMember();
        var children = _children is null ? new Dictionary<string, FieldSet>(StringComparer.Ordinal) : new Dictionary<string, FieldSet>(_children, StringComparer.Ordinal);
        foreach (var (element, child) in other._children)
            children[element] = children.TryGetValue(element, out var mine) ? mine.Union(child) : child;
        return new FieldSet(IsMember || other.IsMember, children);
    }

    public FieldSet Intersect(FieldSet other) =>
        Of(IsMember && other.IsMember, Children.Select(child => KeyValuePair.Create(child.Key, child.Value.Intersect(other.Child(child.Key)))));

    /// <summary>The paths of this set that are not in the other; what is below a path of the other stays.</summary>
    public FieldSet Except(FieldSet other) => other.IsEmpty
        ? this
        : Of(IsMember && !other.IsMember, Children.Select(child => KeyValuePair.Create(child.Key, child.Value.Except(other.Child(child.Key)))));

    /// <summary>The paths of this set that are neither in the other nor below one of its paths.</summary>
    public FieldSet ExceptBelow(FieldSet other)
    {
        if (other.IsEmpty)
            return this;
        return other.IsMember ? Empty : Of(IsMember, Children.Select(child => KeyValuePair.Create(child.Key, child.Value.ExceptBelow(other.Child(child.Key)))));
    }

    /// <summary>This set with every declared member that leads to a path made a path itself.</summary>
    public FieldSet WithDeclaredFields(MergeType? type) => Of(IsMember, Children.Select(child =>
    {
        var isField = PathElement.IsField(child.Key);
        var below = isField ? type?.Field(PathElement.FieldName(child.Key)) : PathElement.IsKey(child.Key) ? type?.Element : null;
        var closed = child.Value.WithDeclaredFields(below);
        var declared = isField && child.Value.HasChildren && type is not null && type.Declares(PathElement.FieldName(child.Key));
        return KeyValuePair.Create(child.Key, declared ? closed.AsMember() : closed);
    }));

    /// <summary>Every path, in the order of kube-apiserver's messages: a level's own paths before those below it.</summary>
    public IEnumerable<IReadOnlyList<string>> Paths() => Paths([]);

    private IEnumerable<IReadOnlyList<string>> Paths(IReadOnlyList<string> prefix)
    {
        var children = Children.OrderBy(static child => child.Key, StringComparer.Ordinal).ToList();
        foreach (var (element, child) in children)
        {
            if (child.IsMember)
                yield return [.. prefix, element];
        }

        foreach (var (element, child) in children)
        {
            foreach (var path in child.Paths([.. prefix, element]))
                yield return path;
        }
    }
}
