using System.Globalization;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Rules;

/// <summary>The paths of errors, and the <c>fieldPath</c> by which a rule moves its error to a member.</summary>
internal static class CelFieldPath
{
    private const string RootName = "<nil>";

    /// <summary>The path as errors print it: the whole object has a name too.</summary>
    public static string Root(string path) => path.Length == 0 ? RootName : path;

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The path of the member that a rule blames.</summary>
    public static string Append(string path, string? fieldPath)
    {
        if (string.IsNullOrEmpty(fieldPath) || Parse(fieldPath) is not { } names)
            return Root(path);
        var suffix = string.Concat(names.Select(static name => Quoted(name) ? $"['{name}']" : $".{name}"));
        return path.Length == 0 ? suffix.TrimStart('.') : path + (suffix.StartsWith('[') ? "." + suffix : suffix);
    }

    /// <summary>Whether the path leads to a member that the schema declares.</summary>
    public static bool Exists(string fieldPath, StructuralSchema schema)
    {
        if (Parse(fieldPath) is not { } names)
            return false;
        foreach (var name in names)
        {
            if ((schema.Property(name)?.Schema ?? schema.AdditionalProperties) is not { } next)
                return false;
            schema = next;
        }

        return true;
    }

    /// <summary>The members of a path such as <c>.a.b['c.d']</c>; null where the text is none.</summary>
    private static List<string>? Parse(string text)
    {
        var names = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            int end;
            if (text[at] == '.')
            {
                end = text.AsSpan(at + 1).IndexOfAny('.', '[') is var next and >= 0 ? at + 1 + next : text.Length;
                names.Add(text[(at + 1)..end]);
                at = end;
            }
            else if (text.AsSpan(at).StartsWith("['") && (end = text.IndexOf("']", at + 2, StringComparison.Ordinal)) > 0)
            {
                names.Add(text[(at + 2)..end]);
                at = end + 2;
            }
            else
            {
                return null;
            }
        }

        return names.Count > 0 && names.All(static name => name.Length > 0) ? names : null;
    }

    private static bool Quoted(string name) => !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
