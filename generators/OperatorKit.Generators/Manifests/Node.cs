using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>A piece of structured data that is written as YAML and as JSON: a mapping, a sequence or a scalar.</summary>
internal abstract record Node
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator Node?(string? value) => value is null ? null : new Scalar(value, ScalarStyle.Text);

    public static implicit operator Node(bool value) => new Scalar(value ? "true" : "false", ScalarStyle.Plain);

    public static implicit operator Node(long value) => new Scalar(value.ToString(CultureInfo.InvariantCulture), ScalarStyle.Plain);

    /// <summary>A number as it is spelled in JSON.</summary>
    public static Node Number(string text) => new Scalar(text, ScalarStyle.Plain);

    public static Node Null { get; } = new Scalar("null", ScalarStyle.Plain);
}

internal enum ScalarStyle
{
    /// <summary>A string, quoted where YAML would take it for something else.</summary>
    Text,

    /// <summary>A number, boolean or null, never quoted.</summary>
    Plain,
}

internal sealed record Scalar(string Value, ScalarStyle Style) : Node;

internal sealed record Sequence(EquatableArray<Node> Items) : Node
{
    public static Sequence Of(params Node[] items) => new(new EquatableArray<Node>(items));

    public static Sequence Of(IEnumerable<string> items)
    {
        var nodes = new List<Node>();
        foreach (var item in items)
            nodes.Add(item);
        return new Sequence(nodes.ToEquatableArray());
    }
}

internal sealed record Entry(string Key, Node Value);

/// <summary>Entries in the order in which they are written.</summary>
internal sealed record Mapping(EquatableArray<Entry> Entries) : Node
{
    public static Mapping Empty { get; } = new([]);

    public Node? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key)
                    return entry.Value;
            }

            return null;
        }
    }
}

/// <summary>Collects the entries of a <see cref="Mapping"/>; absent values are left out.</summary>
internal sealed class Fields : System.Collections.IEnumerable
{
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public void Add(string key, Node? value)
    {
        if (value is not null)
            _entries.Add(new Entry(key, value));
    }

    public void Add(string key, Fields value) => Add(key, value.ToMapping());

    /// <summary>Adds only where <paramref name="value"/> is true.</summary>
    public void AddIf(string key, bool value)
    {
        if (value)
            Add(key, (Node)true);
    }

    public void Sort() => _entries.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));

    public Mapping ToMapping() => new(_entries.ToEquatableArray());

    public static implicit operator Node(Fields fields) => fields.ToMapping();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => _entries.GetEnumerator();
}
