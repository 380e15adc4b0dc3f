using System.Text;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>Writes a <see cref="Node"/> as compact JSON.</summary>
internal static class JsonText
{
    public static string Write(Node node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Node node)
    {
        switch (node)
        {
            case Mapping mapping:
                text.Append('{');
                for (var i = 0; i < mapping.Entries.Count; i++)
                {
                    text.Append(i > 0 ? "," : "").Append(Literals.Quote(mapping.Entries[i].Key)).Append(':');
                    Write(text, mapping.Entries[i].Value);
                }

                text.Append('}');
                break;
            case Sequence sequence:
                text.Append('[');
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Write(text, sequence.Items[i]);
                }

                text.Append(']');
                break;
            case Scalar scalar:
                text.Append(scalar.Style == ScalarStyle.Plain ? scalar.Value : Literals.Quote(scalar.Value));
                break;
        }
    }
}
