using System.Collections;
using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Json;

internal sealed class JsonArray(ImmutableArray<JsonValue> items) : JsonValue, IReadOnlyList<JsonValue>
{
    public static JsonArray Empty { get; } = new([]);

    public ImmutableArray<JsonValue> Items { get; } = items;

    public override JsonKind Kind => JsonKind.Array;

    public int Count => Items.Length;

    public JsonValue this[int index] => Items[index];

    public static JsonArray Of(params IEnumerable<JsonValue> items) => new([.. items]);

    public ImmutableArray<JsonValue>.Enumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<JsonValue> IEnumerable<JsonValue>.GetEnumerator() => ((IEnumerable<JsonValue>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();

    public override bool Equals(JsonValue? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is not JsonArray array || array.Count != Count)
            return false;
        for (var i = 0; i < Count; i++)
        {
            if (!Items[i].Equals(array.Items[i]))
                return false;
        }

        return true;
    }

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }
}
