using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorKit.Generators.Manifests;

/// <summary>One rule of a role.</summary>
internal sealed class PolicyRule(IEnumerable<string> groups, IEnumerable<string> resources, IEnumerable<string> verbs, IEnumerable<string>? names = null)
{
    public List<string> Groups { get; } = Sorted(groups);

    public List<string> Resources { get; } = Sorted(resources);

    public List<string> Verbs { get; } = Sorted(verbs);

    public List<string> Names { get; } = Sorted(names ?? []);

    public Node ToNode() => new Fields
    {
        { "apiGroups", Sequence.Of(Groups) },
        { "resourceNames", Names.Count > 0 ? Sequence.Of(Names) : null },
        { "resources", Sequence.Of(Resources) },
        { "verbs", Sequence.Of(Verbs) },
    };

    /// <summary>
    /// The shortest canonical form, by controller-gen's steps, so that roles of both compare equal: one rule a resource,
    /// verbs of equal targets joined, then resources of equal verbs, then groups; any <c>*</c> stands alone; sorted.
    /// </summary>
    public static IReadOnlyList<PolicyRule> Normalize(IEnumerable<PolicyRule> rules)
    {
        var result = rules.SelectMany(static r => r.Resources.Select(resource => new PolicyRule(r.Groups, [resource], r.Verbs, r.Names))).ToList();
        result = Merge(result, static r => Key(r.Groups, r.Resources, r.Names));
        result = Merge(result, static r => Key(r.Groups, r.Verbs, r.Names));
        result = Merge(result, static r => Key(r.Resources, r.Verbs, r.Names));
        foreach (var rule in result.Where(static r => r.Verbs.Contains("*")))
        {
            rule.Verbs.Clear();
            rule.Verbs.Add("*");
        }

        return [.. result.OrderBy(static r => Key(r.Groups, r.Resources, r.Names), StringComparer.Ordinal)];
    }

    private static List<PolicyRule> Merge(IEnumerable<PolicyRule> rules, Func<PolicyRule, string> key) => rules
        .GroupBy(key)
        .Select(static g => new PolicyRule(g.SelectMany(static r => r.Groups), g.SelectMany(static r => r.Resources), g.SelectMany(static r => r.Verbs), g.First().Names))
        .ToList();

    private static string Key(params List<string>[] parts) => string.Join(" + ", parts.Select(static p => string.Join("&", p)));

    private static List<string> Sorted(IEnumerable<string> items) => [.. items.Distinct().OrderBy(static i => i, StringComparer.Ordinal)];
}
