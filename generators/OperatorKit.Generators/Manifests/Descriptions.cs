using System.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>How much of a definition is descriptions, which no API needs.</summary>
/// <param name="Bytes">All of them.</param>
/// <param name="Longest">The longest of them.</param>
/// <param name="Place">Where that one is, as in <c>.spec.ports[].name</c>.</param>
internal sealed record Descriptions(int Bytes, int Longest, string Place)
{
    public static Descriptions Of(Node definition) => new Descriptions(0, 0, "").And(definition, "", isMembers: false);

    /// <param name="node">What is added.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="isMembers">Whether its keys are names of members, and not words of the schema.</param>
    private Descriptions And(Node node, string place, bool isMembers)
    {
        var sum = this;
        if (node is Sequence sequence)
        {
            foreach (var item in sequence.Items)
                sum = sum.And(item, place, isMembers: false);
        }
        else if (node is Mapping mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                sum = entry is { Key: "description", Value: Scalar text } && !isMembers
                    ? sum.And(Encoding.UTF8.GetByteCount(text.Value), place)
                    : sum.And(entry.Value, isMembers ? $"{place}.{entry.Key}" : place + Mark(entry), isMembers: entry.Key == "properties" && !isMembers);
            }
        }

        return sum;
    }

    private Descriptions And(int bytes, string place) => bytes > Longest ? new Descriptions(Bytes + bytes, bytes, place) : this with { Bytes = Bytes + bytes };

    private static string Mark(Entry entry) => entry switch { { Key: "items", Value: Mapping } => "[]", { Key: "additionalProperties" } => "{}", _ => "" };
}
