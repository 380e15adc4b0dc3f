using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Manifests;

/// <summary>Writes label selectors as the API has them.</summary>
internal static class SelectorManifest
{
    /// <summary>The selector; null where nothing is required.</summary>
    public static Mapping? Of(IReadOnlyCollection<LabelRequirement> requirements)
    {
        if (requirements.Count == 0)
            return null;
        var (labels, expressions) = (new Fields(), new List<Node>());
        var seen = new HashSet<string>();
        foreach (var requirement in requirements)
        {
            if (requirement is { Operator: "In", Values: [var value] } && seen.Add(requirement.Key))
                labels.Add(requirement.Key, value);
            else
                expressions.Add(Expression(requirement));
        }

        return new Fields
        {
            { "matchExpressions", expressions.Count > 0 ? Sequence.Of([.. expressions]) : null },
            { "matchLabels", labels.Count > 0 ? labels.ToMapping() : null },
        }.ToMapping();
    }

    private static Node Expression(LabelRequirement requirement) => new Fields
    {
        { "key", requirement.Key },
        { "operator", requirement.Operator },
        { "values", requirement.Values.Count > 0 ? Sequence.Of(requirement.Values.Select(static v => v)) : null },
    };
}
