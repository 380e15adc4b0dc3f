using System.Text.Json;

namespace OperatorKit.Serialization;

/// <content>Lists, sets and dictionaries.</content>
public static partial class ModelReader
{
    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <param name="read">Reads one item.</param>
    /// <param name="keepNulls">Whether null is an item; otherwise it is left out.</param>
    /// <returns>The items.</returns>
    public static List<T> List<T>(ref Utf8JsonReader reader, JsonRead<T> read, bool keepNulls = false)
    {
        var gathered = default(Gathered<T>);
        var count = Gather(ref reader, ref gathered, read, keepNulls);
        if (count > Gathered.Most)
            return LongList(ref reader, ref gathered, read, keepNulls);
        var items = new List<T>(count);
        items.AddRange(gathered[..count]);
        return items;
    }

    /// <inheritdoc cref="List"/>
    public static T[] Array<T>(ref Utf8JsonReader reader, JsonRead<T> read, bool keepNulls = false)
    {
        var gathered = default(Gathered<T>);
        var count = Gather(ref reader, ref gathered, read, keepNulls);
        return count > Gathered.Most ? [.. LongList(ref reader, ref gathered, read, keepNulls)] : gathered[..count].ToArray();
    }

    /// <inheritdoc cref="List"/>
    public static HashSet<T> Set<T>(ref Utf8JsonReader reader, JsonRead<T> read, bool keepNulls = false)
    {
        var items = new HashSet<T>();
        StartList(ref reader);
        while (NextItem(ref reader, keepNulls))
            items.Add(read(ref reader));
        return items;
    }

    /// <summary>Reads an object with keys of the user. Of two equal keys the later wins.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <param name="read">Reads one value.</param>
    /// <param name="keepNulls">Whether null is a value; otherwise its key is left out.</param>
    /// <returns>The keys with their values.</returns>
    public static Dictionary<string, T> Dictionary<T>(ref Utf8JsonReader reader, JsonRead<T> read, bool keepNulls = false)
    {
        StartObject(ref reader);
        var values = new Dictionary<string, T>();
        AddMembers(ref reader, values, read, keepNulls);
        return values;
    }

    /// <inheritdoc cref="Dictionary"/>
    public static SmallDictionary<T> SmallDictionary<T>(ref Utf8JsonReader reader, JsonRead<T> read, bool keepNulls = false)
    {
        var gathered = default(Gathered<KeyValuePair<string, T>>);
        var count = 0;
        StartObject(ref reader);
        while (NextMember(ref reader, out _))
        {
            var key = StringPool.Take(ref reader);
            if (!Value(ref reader) && !keepNulls)
                continue;
            var entry = KeyValuePair.Create(key, read(ref reader));
            var index = 0;
            while (index < count && gathered[index].Key != key)
                index++;
            if (index == Gathered.Most)
                return LargeDictionary(ref reader, ref gathered, entry, read, keepNulls);
            gathered[index] = entry;
            count = Math.Max(count, index + 1);
        }

        return new SmallDictionary<T>(gathered[..count].ToArray());
    }

    private static SmallDictionary<T> LargeDictionary<T>(
        ref Utf8JsonReader reader, ref Gathered<KeyValuePair<string, T>> gathered, KeyValuePair<string, T> next, JsonRead<T> read, bool keepNulls)
    {
        var values = new Dictionary<string, T>(Gathered.Most * 2);
        foreach (var (key, value) in gathered)
            values.Add(key, value);
        values.Add(next.Key, next.Value);
        AddMembers(ref reader, values, read, keepNulls);
        return new SmallDictionary<T>(values);
    }

    private static void AddMembers<T>(ref Utf8JsonReader reader, Dictionary<string, T> values, JsonRead<T> read, bool keepNulls)
    {
        while (NextMember(ref reader, out _))
        {
            var key = StringPool.Take(ref reader);
            if (Value(ref reader) || keepNulls)
                values[key] = read(ref reader);
        }
    }

    // One more than there is place for when there are more; the reader then stands on the first that is left out.
    private static int Gather<T>(ref Utf8JsonReader reader, ref Gathered<T> gathered, JsonRead<T> read, bool keepNulls)
    {
        var count = 0;
        StartList(ref reader);
        while (NextItem(ref reader, keepNulls))
        {
            if (count == Gathered.Most)
                return count + 1;
            gathered[count++] = read(ref reader);
        }

        return count;
    }

    private static List<T> LongList<T>(ref Utf8JsonReader reader, ref Gathered<T> gathered, JsonRead<T> read, bool keepNulls)
    {
        var items = new List<T>(Gathered.Most * 2);
        items.AddRange(gathered[..]);
        do
        {
            items.Add(read(ref reader));
        }
        while (NextItem(ref reader, keepNulls));
        return items;
    }

    private static void StartList(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Unexpected(ref reader, "a list");
    }

    private static bool NextItem(ref Utf8JsonReader reader, bool keepNulls)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
                return false;
            if (keepNulls || reader.TokenType != JsonTokenType.Null)
                return true;
        }

        throw new JsonException("the JSON ends inside a list");
    }
}
