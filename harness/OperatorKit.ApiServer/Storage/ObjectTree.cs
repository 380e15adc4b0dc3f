namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// Objects by name, as an immutable tree: a change shares everything but the path to it. Every node knows how many objects are
/// below it, which keeps the tree balanced and tells how much comes after a name.
/// </summary>
/// <remarks>Balanced by weight: S. Adams, "Efficient sets: a balancing act", 1993. The empty tree is null.</remarks>
internal sealed class ObjectTree
{
    /// <summary>How many times heavier than the other one side may be.</summary>
    private const int Imbalance = 3;

    private readonly ObjectTree? _before;
    private readonly ObjectTree? _after;

    private ObjectTree(ObjectTree? before, StoredObject value, ObjectTree? after)
    {
        _before = before;
        _after = after;
        Value = value;
        Count = 1 + CountOf(before) + CountOf(after);
    }

    public StoredObject Value { get; }

    public int Count { get; }

    public static int CountOf(ObjectTree? tree) => tree?.Count ?? 0;

    public static StoredObject? Find(ObjectTree? tree, string name)
    {
        while (tree is not null)
        {
            var order = string.CompareOrdinal(name, tree.Value.Name);
            if (order == 0)
                return tree.Value;
            tree = order < 0 ? tree._before : tree._after;
        }

        return null;
    }

    /// <summary>The tree with an object added, or in the place of the one of its name.</summary>
    public static ObjectTree With(ObjectTree? tree, StoredObject value)
    {
        if (tree is null)
            return new ObjectTree(null, value, null);
        var order = string.CompareOrdinal(value.Name, tree.Value.Name);
        if (order == 0)
            return new ObjectTree(tree._before, value, tree._after);
        return order < 0
            ? Balanced(With(tree._before, value), tree.Value, tree._after)
            : Balanced(tree._before, tree.Value, With(tree._after, value));
    }

    /// <summary>The tree without a name that is in it.</summary>
    public static ObjectTree? Without(ObjectTree? tree, string name)
    {
        if (tree is null)
            return null;
        var order = string.CompareOrdinal(name, tree.Value.Name);
        if (order < 0)
            return Balanced(Without(tree._before, name), tree.Value, tree._after);
        return order > 0 ? Balanced(tree._before, tree.Value, Without(tree._after, name)) : Joined(tree._before, tree._after);
    }

    /// <summary>The objects in order, those after a name, or all of them.</summary>
    public static IEnumerable<StoredObject> After(ObjectTree? tree, string? name)
    {
        var path = new Stack<ObjectTree>();
        Descend(tree);
        while (path.TryPop(out var next))
        {
            yield return next.Value;
            // All there is to the right of an object comes after it.
            name = null;
            Descend(next._after);
        }

        void Descend(ObjectTree? node)
        {
            while (node is not null)
            {
                var isAfter = name is null || string.CompareOrdinal(node.Value.Name, name) > 0;
                if (isAfter)
                    path.Push(node);
                node = isAfter ? node._before : node._after;
            }
        }
    }

    /// <summary>How many objects come after a name.</summary>
    public static int CountAfter(ObjectTree? tree, string name)
    {
        var count = 0;
        while (tree is not null)
        {
            var isAfter = string.CompareOrdinal(tree.Value.Name, name) > 0;
            if (isAfter)
                count += 1 + CountOf(tree._after);
            tree = isAfter ? tree._before : tree._after;
        }

        return count;
    }

    private static ObjectTree? Joined(ObjectTree? before, ObjectTree? after)
    {
        if (before is null || after is null)
            return before ?? after;
        var first = after;
        while (first._before is { } earlier)
            first = earlier;
        return Balanced(before, first.Value, Without(after, first.Value.Name));
    }

    private static ObjectTree Balanced(ObjectTree? before, StoredObject value, ObjectTree? after)
    {
        var (left, right) = (CountOf(before), CountOf(after));
        if (left + right <= 1)
            return new ObjectTree(before, value, after);
        if (right > Imbalance * left)
            return LeanLeft(before, value, after!);
        return left > Imbalance * right ? LeanRight(before!, value, after) : new ObjectTree(before, value, after);
    }

    private static ObjectTree LeanLeft(ObjectTree? before, StoredObject value, ObjectTree after)
    {
        if (CountOf(after._before) < 2 * CountOf(after._after))
            return new ObjectTree(new ObjectTree(before, value, after._before), after.Value, after._after);
        var middle = after._before!;
        return new ObjectTree(new ObjectTree(before, value, middle._before), middle.Value, new ObjectTree(middle._after, after.Value, after._after));
    }

    private static ObjectTree LeanRight(ObjectTree before, StoredObject value, ObjectTree? after)
    {
        if (CountOf(before._after) < 2 * CountOf(before._before))
            return new ObjectTree(before._before, before.Value, new ObjectTree(before._after, value, after));
        var middle = before._after!;
        return new ObjectTree(new ObjectTree(before._before, before.Value, middle._before), middle.Value, new ObjectTree(middle._after, value, after));
    }
}
