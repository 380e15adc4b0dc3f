using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorKit.Generators.Manifests;

/// <summary>One rule of a role.</summary>
internal sealed class PolicyRule(
    IEnumerable<string> groups, IEnumerable<string> resources, IEnumerable<string> verbs, IEnumerable<string>? names = null, IEnumerable<string>? urls = null)
{
    public List<string> Groups { get; } = Sorted(groups);

    public List<string> Resources { get; } = Sorted(resources);

    public List<string> Verbs { get; } = Sorted(verbs);

    public List<string> Names { get; } = Sorted(names ?? []);

    /// <summary>Paths that are no resources.</summary>
    public List<string> Urls { get; } = Sorted(urls ?? []);

    public Node ToNode() => new Fields
    {
        { "apiGroups", Texts(Groups) },
        { "nonResourceURLs", Texts(Urls) },
        { "resourceNames", Texts(Names) },
        { "resources", Texts(Resources) },
        { "verbs", Sequence.Of(Verbs) },
    };

    /// <summary>
    /// The shortest canonical form, by controller-gen's steps, so that roles of both compare equal: one rule a resource,
    /// verbs of equal targets joined, then resources of equal verbs, then groups, then paths; any <c>*</c> stands alone; sorted.
    /// </summary>
    public static IReadOnlyList<PolicyRule> Normalize(IEnumerable<PolicyRule> rules)
    {
        var result = rules.SelectMany(static r => r.Resources.Count == 0 ? [r] : r.Resources.Select(resource => new PolicyRule(r.Groups, [resource], r.Verbs, r.Names, r.Urls))).ToList();
        result = Merge(result, static r => Key(r.Groups, r.Resources, r.Names, r.Urls));
        result = Merge(result, static r => Key(r.Groups, r.Names, r.Urls, r.Verbs));
        result = Merge(result, static r => Key(r.Resources, r.Names, r.Urls, r.Verbs));
        result = Merge(result, static r => Key(r.Groups, r.Resources, r.Names, r.Verbs));
        foreach (var rule in result.Where(static r => r.Verbs.Contains("*")))
        {
            rule.Verbs.Clear();
            rule.Verbs.Add("*");
        }

        return [.. result.OrderBy(static r => Key(r.Groups, r.Resources, r.Names, r.Urls), StringComparer.Ordinal)];
    }

    private static List<PolicyRule> Merge(IEnumerable<PolicyRule> rules, Func<PolicyRule, string> key) => rules
        .GroupBy(key)
        .Select(static g => new PolicyRule(
            g.SelectMany(static r => r.Groups), g.SelectMany(static r => r.Resources), g.SelectMany(static r => r.Verbs), g.First().Names, g.SelectMany(static r => r.Urls)))
        .ToList();

    private static Sequence? Texts(List<string> texts) => texts.Count > 0 ? Sequence.Of(texts) : null;

    private static string Key(params List<string>[] parts) => string.Join(" + ", parts.Select(static p => string.Join("&", p)));

    private static List<string> Sorted(IEnumerable<string> items) => [.. items.Distinct().OrderBy(static i => i, StringComparer.Ordinal)];
}
