using System.Globalization;
using OperatorKit.Caching;
using OperatorKit.Sharding;

namespace OperatorKit;

/// <summary>
/// The share of the objects that one replica handles, where several share the work. Each object belongs to exactly one of
/// <see cref="Count"/> shards, which number from 0.
/// </summary>
public sealed record Shard
{
    /// <summary>A shard.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not below <paramref name="count"/>, or one of them is negative.</exception>
    public Shard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        Index = index;
        Count = count;
    }

    /// <summary>Which one, from 0.</summary>
    public int Index { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>
    /// Label whose value is the number of an object's shard; the server then sends each replica its share only. Objects without the label, or with
    /// another value, belong to shard 0. Default: null, which goes by a hash of namespace and name, and each replica watches all objects.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>Reads a shard as the command line has it, as in <c>0/3</c>.</summary>
    /// <param name="text">Number and count.</param>
    /// <returns>The shard.</returns>
    /// <exception cref="FormatException">The text is no shard; the message says what is.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && index < count
            ? new Shard(index, count)
            : throw new FormatException($"{text} is no shard: give its number, from 0, and how many there are, as in 0/3, 1/3 and 2/3.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    /// <summary>Whether an object that the replica sees is in its share.</summary>
    internal bool Holds(ObjectKey key) => Label is not null || ConsistentHash.Bucket(key.Namespace, key.Name, Count) == Index;

    /// <summary>The label selector of the objects to watch: the share, of what a controller selects.</summary>
    internal string? Selector(string? selected)
    {
        if (Label is null || Count == 1)
            return selected;
        // With notin the server sends objects without the label too: none is without a shard.
        var own = Index == 0
            ? $"{Label} notin ({string.Join(',', Enumerable.Range(1, Count - 1))})"
            : string.Create(CultureInfo.InvariantCulture, $"{Label}={Index}");
        return selected is null ? own : $"{selected},{own}";
    }
}
