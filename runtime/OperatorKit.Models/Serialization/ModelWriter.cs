using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OperatorKit.Serialization;

/// <summary>Writes one JSON value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="writer">The writer.</param>
/// <param name="value">The value.</param>
public delegate void JsonWrite<in T>(Utf8JsonWriter writer, T value);

/// <summary>What generated writers are made of. A method with a name writes a member, and nothing when its value is null.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ModelWriter
{
    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one item.</param>
    public static void List<T>(Utf8JsonWriter writer, IEnumerable<T> items, JsonWrite<T> write)
    {
        writer.WriteStartArray();
        if (items is List<T> list)
        {
            foreach (var item in CollectionsMarshal.AsSpan(list))
                write(writer, item);
        }
        else
        {
            foreach (var item in items)
                write(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one item.</param>
    public static void List<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<T>? items, JsonWrite<T> write)
    {
        if (items is null)
            return;
        writer.WritePropertyName(name);
        List(writer, items, write);
    }

    /// <summary>Writes a set, in the order in which it gives its items.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one item.</param>
    public static void Set<T>(Utf8JsonWriter writer, IEnumerable<T> items, JsonWrite<T> write) => List(writer, items, write);

    /// <summary>Writes a set, in the order in which it gives its items.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one item.</param>
    public static void Set<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<T>? items, JsonWrite<T> write) =>
        List(writer, name, items, write);

    /// <summary>Writes an object with keys of the user.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="values">The keys with their values.</param>
    /// <param name="write">Writes one value.</param>
    public static void Dictionary<T>(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, T>> values, JsonWrite<T> write)
    {
        writer.WriteStartObject();
        switch (values)
        {
            case SmallDictionary<T> { Table: null } small:
                foreach (var (key, value) in small.Entries)
                    Member(writer, key, value, write);
                break;
            case Dictionary<string, T> dictionary:
                foreach (var (key, value) in dictionary)
                    Member(writer, key, value, write);
                break;
            default:
                foreach (var (key, value) in values)
                    Member(writer, key, value, write);
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an object with keys of the user.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="values">The keys with their values.</param>
    /// <param name="write">Writes one value.</param>
    public static void Dictionary<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<KeyValuePair<string, T>>? values, JsonWrite<T> write)
    {
        if (values is null)
            return;
        writer.WritePropertyName(name);
        Dictionary(writer, values, write);
    }

    private static void Member<T>(Utf8JsonWriter writer, string key, T value, JsonWrite<T> write)
    {
        writer.WritePropertyName(key);
        write(writer, value);
    }
}
