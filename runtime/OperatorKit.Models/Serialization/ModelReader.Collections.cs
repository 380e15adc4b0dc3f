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
        var items = new List<T>();
        Add(ref reader, items, read, keepNulls);
        return items;
    }

    /// <inheritdoc cref="List"/>
    public static T[] Array<T>(ref Utf8JsonReader reader, JsonRead<T> read, bool keepNulls = false) =>
        [.. List(ref reader, read, keepNulls)];

    /// <inheritdoc cref="List"/>
    public static HashSet<T> Set<T>(ref Utf8JsonReader reader, JsonRead<T> read, bool keepNulls = false)
    {
        var items = new HashSet<T>();
        Add(ref reader, items, read, keepNulls);
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
        while (NextMember(ref reader, out _))
        {
            var key = StringPool.Take(ref reader);
            if (Value(ref reader) || keepNulls)
                values[key] = read(ref reader);
        }

        return values;
    }

    private static void Add<T>(ref Utf8JsonReader reader, ICollection<T> items, JsonRead<T> read, bool keepNulls)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Unexpected(ref reader, "a list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (keepNulls || reader.TokenType != JsonTokenType.Null)
                items.Add(read(ref reader));
        }

        if (reader.TokenType != JsonTokenType.EndArray)
            throw new JsonException("the JSON ends inside a list");
    }
}
