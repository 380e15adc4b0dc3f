using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Baselines;

/// <summary>Compares two structural schemas and finds what breaks those who keep to the first.</summary>
internal static class SchemaComparison
{
    private static readonly string[] Shape =
        ["type", "format", "x-kubernetes-int-or-string", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type", "x-kubernetes-embedded-resource"];

    public static IEnumerable<BreakingChange> Compare(Node? before, Node? after, string path = "")
    {
        if (before is not Mapping old || after is not Mapping now)
            return [];
        return Shapes(old, now, path)
            .Concat(AllowedValues.Compare(old, now).Select(text => new BreakingChange(BreakKind.Narrowed, path, text)))
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

    private static IEnumerable<BreakingChange> Members(Mapping old, Mapping now, string path)
    {
        var before = old["properties"] as Mapping ?? Mapping.Empty;
        var after = now["properties"] as Mapping ?? Mapping.Empty;
        var keepsUnknown = Text(now["x-kubernetes-preserve-unknown-fields"]) == "true";
        if (!keepsUnknown && Text(old["x-kubernetes-preserve-unknown-fields"]) == "true")
            yield return new BreakingChange(BreakKind.Removed, path, "it kept members that the schema does not name, and does not keep them any more");
        var renames = Renames.Of(before, after);
        foreach (var member in before.Entries)
        {
            var memberPath = path + "." + member.Key;
            if (after[member.Key] is { } kept)
            {
                foreach (var change in Compare(member.Value, kept, memberPath))
                    yield return change;
            }
            else if (renames.TryGetValue(member.Key, out var name))
            {
                yield return new BreakingChange(BreakKind.Removed, memberPath, $"it is gone, and looks renamed to '{name}': objects lose what they hold in it") { Place = path + "." + name };
            }
            else if (!keepsUnknown)
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

    private static string? Text(Node? node) => node switch
    {
        Scalar scalar => scalar.Value,
        Sequence sequence => string.Join(", ", sequence.Items.Select(Text)),
        _ => null,
    };
}
