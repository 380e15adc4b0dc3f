using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Baselines;

/// <summary>Compares which values two schemas of the same shape allow: bounds, patterns, enums, null and rules.</summary>
internal static class AllowedValues
{
    private static readonly string[] Least = ["minimum", "minLength", "minItems", "minProperties"];
    private static readonly string[] Most = ["maximum", "maxLength", "maxItems", "maxProperties"];
    private static readonly string[] Flags = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"];
    private static readonly string[] Forms = ["pattern", "multipleOf", "allOf", "anyOf", "oneOf", "not"];

    /// <summary>What is not allowed any more, for people.</summary>
    public static IEnumerable<string> Compare(Mapping old, Mapping now)
        => Bounds(old, now).Concat(Conditions(old, now)).Concat(Values(old, now)).Concat(Rules(old, now));

    private static IEnumerable<string> Bounds(Mapping old, Mapping now)
    {
        foreach (var key in Least.Concat(Most))
        {
            if (Number(now[key]) is not { } after)
                continue;
            var before = Number(old[key]);
            if (!(Least.Contains(key) ? after <= before : after >= before))
                yield return $"{key} was {Text(old[key])} and is {Text(now[key])}";
        }
    }

    private static IEnumerable<string> Conditions(Mapping old, Mapping now)
    {
        foreach (var key in Flags)
        {
            if (IsTrue(now[key]) && !IsTrue(old[key]))
                yield return $"{key} is set and was not";
        }

        foreach (var key in Forms)
        {
            if (now[key] is { } after && after != old[key])
                yield return after is Scalar ? $"{key} was {Text(old[key])} and is {Text(after)}" : $"{key} is not what it was";
        }
    }

    private static IEnumerable<string> Values(Mapping old, Mapping now)
    {
        if (IsTrue(old["nullable"]) && !IsTrue(now["nullable"]))
            yield return "null is not allowed any more";
        if (now["enum"] is not Sequence allowed)
            yield break;
        var gone = old["enum"] is Sequence values ? values.Items.Except(allowed.Items).Select(Text).ToList() : null;
        if (gone is null)
            yield return "only some values are allowed now";
        else if (gone.Count > 0)
            yield return $"not allowed any more: {string.Join(", ", gone)}";
    }

    private static IEnumerable<string> Rules(Mapping old, Mapping now) => RulesOf(now).Except(RulesOf(old)).Select(static rule => $"the rule \"{rule}\" is new");

    private static IEnumerable<string> RulesOf(Mapping schema)
        => schema["x-kubernetes-validations"] is Sequence rules ? rules.Items.OfType<Mapping>().Select(static r => Text(r["rule"])) : [];

    private static bool IsTrue(Node? node) => node is Scalar { Value: "true" };

    private static string Text(Node? node) => node is Scalar scalar ? scalar.Value : "not set";

    private static decimal? Number(Node? node)
        => node is Scalar scalar && decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
