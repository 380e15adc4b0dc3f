using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Selectors;

/// <summary>
/// Reads <c>a=b,c!=d,e in (f,g),h notin (i),j,!k,l&gt;1</c>.
/// See https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors.
/// </summary>
internal sealed class LabelSelectorParser
{
    private const string Operators = "in, notin, =, ==, !=, gt, lt";

    private static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t\r\n(),<>=!");

    private readonly List<string> _tokens;
    private int _next;

    private LabelSelectorParser(string text) => _tokens = Tokens(text);

    public static LabelSelector Parse(string text)
    {
        if (text.Length == 0)
            return LabelSelector.Everything;
        var parser = new LabelSelectorParser(text);
        var requirements = ImmutableArray.CreateBuilder<LabelRequirement>();
        while (parser.Peek().Length > 0)
        {
            if (parser.Peek() is var first && first != "!" && IsPunctuation(first))
                throw new SelectorException($"found '{first}', expected: !, identifier, or 'end of string'");
            requirements.Add(parser.Requirement());
            if (parser.Peek().Length == 0)
                break;
            if (parser.Take() is var separator && separator != ",")
                throw new SelectorException($"found '{separator}', expected: ',' or 'end of string'");
            if (parser.Peek() is var following && (following.Length == 0 || following is "," or ")"))
                throw new SelectorException($"found '{following}', expected: identifier after ','");
        }

        return new LabelSelector([.. requirements.OrderBy(static requirement => requirement.Key, StringComparer.Ordinal)]);
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (text[i] is '(' or ')' or ',' or '<' or '>')
            {
                tokens.Add(text[i++].ToString());
            }
            else if (text[i] is '=' or '!')
            {
                var length = i + 1 < text.Length && text[i + 1] == '=' ? 2 : 1;
                tokens.Add(text.Substring(i, length));
                i += length;
            }
            else
            {
                var end = text.AsSpan(i).IndexOfAny(Delimiters);
                var word = end < 0 ? text[i..] : text.Substring(i, end);
                tokens.Add(word);
                i += word.Length;
            }
        }

        return tokens;
    }

    private static bool IsPunctuation(string token) => token is "," or "(" or ")" or "=" or "==" or "!" or "!=" or "<" or ">";

    private string Peek() => _next < _tokens.Count ? _tokens[_next] : "";

    private string Take() => _next < _tokens.Count ? _tokens[_next++] : "";

    private LabelRequirement Requirement()
    {
        try
        {
            var negated = Peek() == "!";
            if (negated)
                Take();
            var key = Take();
            if (key.Length == 0 || IsPunctuation(key))
                throw new SelectorException($"found '{key}', expected: identifier");
            foreach (var problem in NameFormat.QualifiedName(key))
                throw new SelectorException($"<nil>: Invalid value: \"{key}\": {problem}");
            if (negated)
                return new LabelRequirement(key, LabelOperator.DoesNotExist, []);
            if (Peek() is "" or ",")
                return new LabelRequirement(key, LabelOperator.Exists, []);
            return Take() switch
            {
                "in" => Checked(key, LabelOperator.In, Values()),
                "notin" => Checked(key, LabelOperator.NotIn, Values()),
                "=" or "==" => Checked(key, LabelOperator.In, [Value()]),
                "!=" => Checked(key, LabelOperator.NotIn, [Value()]),
                ">" => Checked(key, LabelOperator.GreaterThan, [Value()]),
                "<" => Checked(key, LabelOperator.LessThan, [Value()]),
                var other => throw new SelectorException($"found '{other}', expected: {Operators}"),
            };
        }
        catch (SelectorException e)
        {
            throw new SelectorException($"unable to parse requirement: {e.Message}");
        }
    }

    private string Value()
    {
        if (Peek() is "" or ",")
            return "";
        var value = Take();
        return IsPunctuation(value) ? throw new SelectorException($"found '{value}', expected: identifier") : value;
    }

    private ImmutableArray<string> Values()
    {
        if (Take() is var open && open != "(")
            throw new SelectorException($"found '{open}' expected: '('");
        if (Peek() is var first && first is not ("," or ")") && (first.Length == 0 || IsPunctuation(first)))
            throw new SelectorException($"found '{first}', expected: ',', ')' or identifier");
        var values = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var value = Peek() is "," or ")" ? "" : Take();
            if (value.Length > 0 && IsPunctuation(value))
                throw new SelectorException($"found '{value}', expected: ',', or identifier");
            values.Add(value);
            switch (Take())
            {
                case ")":
                    return [.. values];
                case ",":
                    break;
                case var other:
                    throw new SelectorException($"found '{other}', expected: ',' or ')'");
            }
        }
    }

    private static LabelRequirement Checked(string key, LabelOperator op, ImmutableArray<string> values)
    {
        foreach (var value in values)
        {
            if (op is LabelOperator.GreaterThan or LabelOperator.LessThan && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                throw new SelectorException($"values[0]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer");
            foreach (var problem in NameFormat.LabelValue(value))
                throw new SelectorException($"values[{values.IndexOf(value)}][{key}]: Invalid value: \"{value}\": {problem}");
        }

        return new LabelRequirement(key, op, values);
    }
}
