using System.Text;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>Writes a <see cref="Node"/> as YAML, block style, two spaces deep, with list items under their key; the same input always gives the same bytes.</summary>
internal static class YamlWriter
{
    /// <summary>One document with its <c>---</c> start.</summary>
    public static string Document(Node node)
    {
        var text = new StringBuilder("---\n");
        WriteBlock(text, node, 0);
        return text.ToString();
    }

    private static void WriteBlock(StringBuilder text, Node node, int depth)
    {
        switch (node)
        {
            case Mapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    text.Append(' ', depth * 2);
                    WriteEntry(text, entry, depth);
                }

                break;
            case Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    text.Append(' ', depth * 2).Append("- ");
                    WriteItem(text, item, depth);
                }

                break;
            default:
                WriteScalar(text, (Scalar)node, depth);
                break;
        }
    }

    private static void WriteEntry(StringBuilder text, Entry entry, int depth)
    {
        text.Append(IsPlain(entry.Key) ? entry.Key : Quoted(entry.Key)).Append(':');
        switch (entry.Value)
        {
            case Mapping { Entries.Count: 0 }: text.Append(" {}\n"); break;
            case Sequence { Items.Count: 0 }: text.Append(" []\n"); break;
            case Mapping: text.Append('\n'); WriteBlock(text, entry.Value, depth + 1); break;
            case Sequence: text.Append('\n'); WriteBlock(text, entry.Value, depth); break;
            default: text.Append(' '); WriteScalar(text, (Scalar)entry.Value, depth + 1); break;
        }
    }

    private static void WriteItem(StringBuilder text, Node item, int depth)
    {
        switch (item)
        {
            case Mapping { Entries.Count: 0 }: text.Append("{}\n"); break;
            case Sequence { Items.Count: 0 }: text.Append("[]\n"); break;
            case Mapping mapping:
                for (var i = 0; i < mapping.Entries.Count; i++)
                {
                    if (i > 0)
                        text.Append(' ', (depth + 1) * 2);
                    WriteEntry(text, mapping.Entries[i], depth + 1);
                }

                break;
            case Sequence: text.Append('\n'); WriteBlock(text, item, depth + 1); break;
            default: WriteScalar(text, (Scalar)item, depth + 1); break;
        }
    }

    private static void WriteScalar(StringBuilder text, Scalar scalar, int depth)
    {
        if (scalar.Style == ScalarStyle.Plain || IsPlain(scalar.Value))
            text.Append(scalar.Value).Append('\n');
        else if (IsBlock(scalar.Value))
            WriteLiteral(text, scalar.Value, depth);
        else
            text.Append(Quoted(scalar.Value)).Append('\n');
    }

    private static void WriteLiteral(StringBuilder text, string value, int depth)
    {
        text.Append("|-\n");
        foreach (var line in value.Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', depth * 2).Append(line);
            text.Append('\n');
        }
    }

    private static bool IsBlock(string value)
    {
        if (value.IndexOf('\n') < 0 || value[0] is ' ' or '\n' || value[value.Length - 1] == '\n')
            return false;
        foreach (var c in value)
        {
            if (c != '\n' && !IsPrintable(c))
                return false;
        }

        return true;
    }

    /// <summary>Whether every YAML parser reads the unquoted text back as this very string.</summary>
    private static bool IsPlain(string value)
    {
        if (value.Length == 0 || value[0] == ' ' || value[value.Length - 1] is ' ' or ':')
            return false;
        if (!char.IsLetter(value[0]) && value[0] is not ('/' or '_' or '$' or '^' or '(' or '.'))
            return false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (!IsPrintable(c) || (c == ':' && i + 1 < value.Length && value[i + 1] == ' ') || (c == '#' && value[i - 1] == ' '))
                return false;
        }

        return value.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "null" or ".inf" or ".nan")
            && (value[0] != '.' || value.Length == 1 || !char.IsDigit(value[1]));
    }

    private static bool IsPrintable(char c) => c >= ' ' && c < '\uFFFE' && c is not ('\u007F' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF') && c is < '\u0080' or > '\u009F';

    /// <summary>Single quotes where they do, otherwise the double-quoted form, which is JSON's.</summary>
    private static string Quoted(string value)
    {
        foreach (var c in value)
        {
            if (!IsPrintable(c))
                return Literals.Quote(value);
        }

        return "'" + value.Replace("'", "''") + "'";
    }
}
