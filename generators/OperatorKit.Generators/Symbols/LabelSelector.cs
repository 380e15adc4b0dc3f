using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads label selectors as kubectl takes them, and turns those of filters, and annotations, into C# conditions on <c>current</c>.</summary>
internal static class LabelSelector
{
    private const string Extensions = "global::OperatorKit.MetadataExtensions.";

    private static readonly Regex Requirement = new(
        @"^\s*(?:(?<not>!)\s*(?<key>[^\s!=,()]+)|(?<key>[^\s!=,()]+)(?:\s*(?<op>==|=|!=)\s*(?<value>[^\s!=,()]*)|\s+(?<op>in|notin)\s*\((?<value>[^()]*)\))?)\s*$");

    private static readonly Regex Key = new(@"^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$");

    private static readonly Regex Value = new(@"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$");

    /// <summary>Whether a text can be the key of a label: a name, with a domain before it or without.</summary>
    public static bool IsKey(string text) => Key.IsMatch(text);

    /// <summary>The parts of a label selector; null where it is none, with the part that is wrong.</summary>
    public static IReadOnlyList<LabelRequirement>? Parse(string selector, out string wrong)
    {
        var requirements = new List<LabelRequirement>();
        wrong = selector;
        foreach (var part in Split(selector))
        {
            wrong = part.Trim();
            var match = Requirement.Match(part);
            if (!match.Success || !Key.IsMatch(match.Groups["key"].Value))
                return null;
            var op = match.Groups["op"].Value;
            string[] values = op.Length == 0 ? [] : op.EndsWith("in") ? [.. match.Groups["value"].Value.Split(',').Select(static v => v.Trim())] : [match.Groups["value"].Value];
            if (values.Any(static v => !Value.IsMatch(v)))
                return null;
            var isNegative = match.Groups["not"].Success || op is "!=" or "notin";
            var name = values.Length > 0 ? (isNegative ? "NotIn" : "In") : isNegative ? "DoesNotExist" : "Exists";
            requirements.Add(new LabelRequirement(match.Groups["key"].Value, name, values.ToEquatableArray()));
        }

        return requirements;
    }

    /// <summary>The condition that a label selector stands for; null where it is none, with the part that is wrong.</summary>
    public static string? Labels(string selector, out string wrong)
        => Parse(selector, out wrong) is { } requirements
            ? string.Join(" && ", requirements.Select(static r => (r.Operator is "NotIn" or "DoesNotExist" ? "!" : "") + Call("HasLabel", r.Key, r.Values)))
            : null;

    /// <summary>The condition that <c>key</c>, <c>key=value</c> or <c>!key</c> stands for; null where the key is none.</summary>
    public static string? Annotation(string text)
    {
        var equals = text.IndexOf('=');
        var (key, isNegative) = text.StartsWith("!") ? (text.Substring(1), true) : (equals < 0 ? text : text.Substring(0, equals), false);
        if (!Key.IsMatch(key))
            return null;
        return (isNegative ? "!" : "") + Call("HasAnnotation", key, equals < 0 ? [] : new[] { text.Substring(equals + 1) });
    }

    private static string Call(string method, string key, IEnumerable<string> values)
        => $"{Extensions}{method}(current, {string.Join(", ", values.Prepend(key).Select(Literals.Quote))})";

    private static IEnumerable<string> Split(string selector)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < selector.Length; i++)
        {
            depth += selector[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (selector[i] != ',' || depth != 0)
                continue;
            yield return selector.Substring(start, i - start);
            start = i + 1;
        }

        yield return selector.Substring(start);
    }
}
