using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Baselines;

/// <summary>Compares two structural schemas and finds what breaks those who keep to the first.</summary>
internal static class SchemaComparison
{
    private static readonly string[] Shape = ["type", "format", "x-kubernetes-int-or-string", "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-embedded-resource"];
    private static readonly string[] Least = ["minimum", "minLength", "minItems", "minProperties"];
    private static readonly string[] Most = ["maximum", "maxLength", "maxItems", "maxProperties"];

    public static IEnumerable<BreakingChange> Compare(Node? before, Node? after, string path = "")
    {
        if (before is not Mapping old || after is not Mapping now)
            return [];
        return Shapes(old, now, path)
            .Concat(Bounds(old, now, path))
            .Concat(Members(old, now, path))
            .Concat(Compare(old["items"], now["items"], path + "[]"))
            .Concat(Compare(old["additionalProperties"], now["additionalProperties"], path + "{}"));
    }

    private static IEnumerable<BreakingChange> Shapes(Mapping old, Mapping now, string path)
        => from key in Shape
           let before = Text(old[key])
           let after = Text(now[key])
           where before != after && !(key == "format" && before is null) && !(key == "x-kubernetes-map-type" && (before ?? after) == "granular")
           select new BreakingChange(BreakKind.Retyped, path, $"{key} was {before ?? "not set"} and is {after ?? "not set"}");

    private static IEnumerable<BreakingChange> Bounds(Mapping old, Mapping now, string path)
    {
        foreach (var key in Least)
        {
            if (Number(now[key]) is { } after && !(after <= Number(old[key])))
                yield return Narrowed($"{key} was {Text(old[key]) ?? "not set"} and is {Text(now[key])}");
        }

        foreach (var key in Most)
        {
            if (Number(now[key]) is { } after && !(after >= Number(old[key])))
                yield return Narrowed($"{key} was {Text(old[key]) ?? "not set"} and is {Text(now[key])}");
        }

        if (now["pattern"] is { } pattern && pattern != old["pattern"])
            yield return Narrowed($"pattern was {Text(old["pattern"]) ?? "not set"} and is {Text(pattern)}");
        if (Text(old["nullable"]) == "true" && Text(now["nullable"]) != "true")
            yield return Narrowed("null is not allowed any more");
        if (now["enum"] is Sequence allowed)
        {
            var gone = old["enum"] is Sequence values ? values.Items.Except(allowed.Items).Select(static v => Text(v)).ToList() : null;
            if (gone is null)
                yield return Narrowed("only some values are allowed now");
            else if (gone.Count > 0)
                yield return Narrowed($"not allowed any more: {string.Join(", ", gone)}");
        }

        BreakingChange Narrowed(string text) => new(BreakKind.Narrowed, path, text);
    }

    private static IEnumerable<BreakingChange> Members(Mapping old, Mapping now, string path)
    {
        var before = old["properties"] as Mapping ?? Mapping.Empty;
        var after = now["properties"] as Mapping ?? Mapping.Empty;
        foreach (var member in before.Entries)
        {
            var memberPath = path + "." + member.Key;
            if (after[member.Key] is { } kept)
            {
                foreach (var change in Compare(member.Value, kept, memberPath))
                    yield return change;
            }
            else if (Text(now["x-kubernetes-preserve-unknown-fields"]) != "true")
            {
                yield return new BreakingChange(BreakKind.Removed, memberPath, "it is gone: objects lose what they hold in it");
            }
        }

        foreach (var name in Names(now["required"]).Except(Names(old["required"])))
        {
            if ((after[name] as Mapping)?["default"] is null)
                yield return new BreakingChange(BreakKind.Required, path + "." + name, before[name] is null ? "it is new and required" : "it was optional and is required");
        }
    }

    private static IEnumerable<string> Names(Node? node) => node is Sequence sequence ? sequence.Items.Select(static i => Text(i) ?? "") : [];

    private static string? Text(Node? node) => node is Scalar scalar ? scalar.Value : null;

    private static decimal? Number(Node? node)
        => node is Scalar scalar && decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
