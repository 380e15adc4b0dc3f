using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OperatorKit.ApiServer.Selectors;

/// <summary>Reads <c>metadata.name=a,status.phase!=Failed</c>; a backslash escapes a comma, an equals sign or itself.</summary>
internal static class FieldSelectorParser
{
    public static FieldSelector Parse(string text)
    {
        var requirements = ImmutableArray.CreateBuilder<FieldRequirement>();
        foreach (var term in Terms(text))
        {
            if (term.Length == 0)
                continue;
            requirements.Add(Requirement(term)
                ?? throw new SelectorException($"invalid selector: '{text}'; can't understand '{term}'"));
        }

        return requirements.Count == 0 ? FieldSelector.Everything : new FieldSelector(requirements.ToImmutable());
    }

    private static IEnumerable<string> Terms(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static FieldRequirement? Requirement(string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            if (term[i] == '\\')
                i++;
            else if (term.AsSpan(i).StartsWith("!="))
                return new FieldRequirement(term[..i], Unescaped(term[(i + 2)..]), Equal: false);
            else if (term.AsSpan(i).StartsWith("=="))
                return new FieldRequirement(term[..i], Unescaped(term[(i + 2)..]), Equal: true);
            else if (term[i] == '=')
                return new FieldRequirement(term[..i], Unescaped(term[(i + 1)..]), Equal: true);
        }

        return null;
    }

    private static string Unescaped(string text)
    {
        if (text.AsSpan().IndexOfAny('\\', ',', '=') < 0)
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ',' or '=')
                throw new SelectorException(string.Create(CultureInfo.InvariantCulture, $"invalid field selector: unescaped character in value: {(int)text[i]}"));
            if (text[i] == '\\' && (++i == text.Length || text[i] is not ('\\' or ',' or '=')))
                throw new SelectorException($"invalid field selector: invalid escape sequence: {text[(i - 1)..Math.Min(i + 1, text.Length)]}");
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
