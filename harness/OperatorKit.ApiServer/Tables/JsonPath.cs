using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>
/// The part of Kubernetes' JSONPath that printer columns use: <c>.a.b</c>, <c>['a.b']</c>, <c>[0]</c>, <c>[-1]</c>, <c>[1:3]</c>, <c>[*]</c>,
/// <c>..a</c> and filters such as <c>[?(@.type=="Ready")]</c>.
/// </summary>
internal sealed class JsonPath
{
    /// <summary>How many values a step may lead to; what comes after them does not count.</summary>
    public const int MaximumValues = 10_000;

    /// <summary>How often a filter may stand inside another.</summary>
    private const int MaximumNesting = 8;

    private readonly ImmutableArray<JsonPathStep> _steps;

    private JsonPath(ImmutableArray<JsonPathStep> steps) => _steps = steps;

    /// <exception cref="FormatException">The text is no such path.</exception>
    public static JsonPath Parse(string text) => Parse(text, 0);

    /// <param name="nesting">How many filters the path stands in.</param>
    internal static JsonPath Parse(string text, int nesting)
    {
        if (nesting > MaximumNesting)
            throw new FormatException($"a JSONPath has filters inside each other {nesting} times; {MaximumNesting} is the most");
        var steps = ImmutableArray.CreateBuilder<JsonPathStep>();
        var at = text.StartsWith('$') || text.StartsWith('@') ? 1 : 0;
        while (at < text.Length)
        {
            if (text[at] == '.')
            {
                at++;
                var descend = at < text.Length && text[at] == '.';
                if (descend)
                    at++;
                if (at < text.Length && text[at] == '[')
                    continue;
                var name = Name(text, ref at);
                if (descend)
                    steps.Add(new JsonPathStep.Descendants());
                if (name.Length > 0)
                    steps.Add(name == "*" ? new JsonPathStep.All() : new JsonPathStep.Member(name));
            }
            else if (text[at] == '[')
            {
                steps.Add(Bracket(text, ref at, nesting));
            }
            else
            {
                throw new FormatException($"'{text}' is no JSONPath: '.' or '[' is expected at {at}");
            }
        }

        return new JsonPath(steps.ToImmutable());
    }

    /// <summary>The values at the path; none where it leads nowhere.</summary>
    public IEnumerable<JsonValue> Find(JsonValue root) => _steps.Aggregate(Enumerable.Repeat(root, 1), static (values, step) => values.SelectMany(step.From).Take(MaximumValues));

    private static string Name(string text, ref int at)
    {
        var name = new StringBuilder();
        while (at < text.Length && text[at] is not ('.' or '['))
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            name.Append(text[at++]);
        }

        return name.ToString();
    }

    private static JsonPathStep Bracket(string text, ref int at, int nesting)
    {
        var end = ClosingBracket(text, at);
        var inside = text[(at + 1)..end].Trim();
        at = end + 1;
        if (inside == "*")
            return new JsonPathStep.All();
        if (inside.Length >= 2 && inside[0] is '\'' or '"' && inside[^1] == inside[0])
            return new JsonPathStep.Member(inside[1..^1]);
        if (inside.StartsWith("?(", StringComparison.Ordinal) && inside.EndsWith(')'))
            return JsonPathStep.Filter.Parse(inside[2..^1], nesting + 1);
        if (int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
            return new JsonPathStep.Item(index);
        return JsonPathStep.Slice.Parse(inside) ?? throw new FormatException($"'{inside}' is not understood in a JSONPath");
    }

    private static int ClosingBracket(string text, int open)
    {
        var (depth, quote) = (0, '\0');
        for (var i = open; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"')
                quote = c;
            else if (c == '[')
                depth++;
            else if (c == ']' && --depth == 0)
                return i;
        }

        throw new FormatException($"'{text}' is no JSONPath: a '[' is not closed");
    }
}
