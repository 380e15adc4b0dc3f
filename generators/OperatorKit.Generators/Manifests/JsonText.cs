using System.Globalization;
using System.Text;

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

    /// <summary>A JSON string.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    if (c < ' ' || c is >= '\u007F' and <= '\u009F' || c is '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c) || c >= '\uFFFE')
                        text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    else
                        text.Append(c);
                    break;
            }
        }

        return text.Append('"').ToString();
    }

    private static void Write(StringBuilder text, Node node)
    {
        switch (node)
        {
            case Mapping mapping:
                text.Append('{');
                for (var i = 0; i < mapping.Entries.Count; i++)
                {
                    text.Append(i > 0 ? "," : "").Append(Quote(mapping.Entries[i].Key)).Append(':');
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
                text.Append(scalar.Style == ScalarStyle.Plain ? scalar.Value : Quote(scalar.Value));
                break;
        }
    }
}
