using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Timelines;

/// <summary>What differs between two versions of an object, one line a leaf. What changes with every write is left out.</summary>
internal static class ObjectChanges
{
    private const int LongestValue = 80;

    public static IEnumerable<string> Between(JsonObject before, JsonObject after) => Compare(
        before.WithoutAt("metadata", "managedFields").WithoutAt("metadata", "resourceVersion"),
        after.WithoutAt("metadata", "managedFields").WithoutAt("metadata", "resourceVersion"),
        "");

    private static IEnumerable<string> Compare(JsonValue? before, JsonValue? after, string path)
    {
        if (before is not null && before.Equals(after))
            return [];
        return (before, after) switch
        {
            (JsonObject left, JsonObject right) => left.Keys.Union(right.Keys).SelectMany(key => Compare(left[key], right[key], path.Length == 0 ? key : $"{path}.{key}")),
            (JsonArray left, JsonArray right) when left.Count == right.Count => Enumerable.Range(0, left.Count)
                .SelectMany(i => Compare(left[i], right[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"))),
            (null, null) => [],
            (null, _) => [$"{path} = {Shown(after!)}"],
            (_, null) => [$"{path} removed"],
            _ => [$"{path}: {Shown(before)} -> {Shown(after)}"],
        };
    }

    private static string Shown(JsonValue value)
    {
        var text = JsonText.ToCompactString(value);
        return text.Length <= LongestValue ? text : text[..LongestValue] + "...";
    }
}
