using System.Collections.Concurrent;
using System.Collections.Immutable;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Protobuf;

/// <summary>
/// Which field of a message is which member of the object. Where Go embeds a struct, protobuf has a message that JSON
/// does not have: its fields are members of the object around it.
/// </summary>
internal sealed class MessageLayout
{
    private static readonly ConcurrentDictionary<string, MessageLayout> Known = new(StringComparer.Ordinal);

    private readonly SortedDictionary<int, StructuralProperty> _fields = [];
    private readonly SortedDictionary<int, MessageLayout> _embedded = [];

    private MessageLayout(ImmutableArray<StructuralProperty> properties, int depth)
    {
        foreach (var property in properties)
        {
            if (property.Wire is { Number: { } number } wire && wire.Inside.Length == depth)
                _fields[number] = property;
        }

        foreach (var inner in properties.Where(property => property.Wire?.Inside.Length > depth).GroupBy(property => property.Wire!.Inside[depth]))
            _embedded[inner.Key] = new MessageLayout([.. inner], depth + 1);
    }

    /// <summary>The fields that are members of the object, by their numbers.</summary>
    public IEnumerable<KeyValuePair<int, StructuralProperty>> Fields => _fields;

    /// <summary>The messages whose fields are members of the object around them, by their numbers.</summary>
    public IEnumerable<KeyValuePair<int, MessageLayout>> EmbeddedMessages => _embedded;

    public static MessageLayout Of(StructuralSchema schema) =>
        Known.GetOrAdd(schema.DefinitionName!, static (_, schema) => new MessageLayout(schema.Properties, 0), schema);

    public StructuralProperty? Field(int number) => _fields.GetValueOrDefault(number);

    public MessageLayout? Embedded(int number) => _embedded.GetValueOrDefault(number);
}
