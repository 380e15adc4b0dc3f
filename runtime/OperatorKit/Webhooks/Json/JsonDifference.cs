using System.Text.Json.Nodes;
using OperatorKit.Client;

namespace OperatorKit.Webhooks.Json;

/// <summary>The JSON patch (RFC 6902) that leads from one value to another and touches only what differs.</summary>
internal static class JsonDifference
{
    public static IReadOnlyList<JsonPatchOperation> Between(JsonNode? from, JsonNode? to)
    {
        var operations = new List<JsonPatchOperation>();
        Compare(operations, "", from, to);
        return operations;
    }

    private static void Compare(List<JsonPatchOperation> operations, string path, JsonNode? from, JsonNode? to)
    {
        if (JsonNode.DeepEquals(from, to))
            return;
        if (from is JsonObject oldMembers && to is JsonObject newMembers)
            CompareObjects(operations, path, oldMembers, newMembers);
        else if (from is JsonArray oldItems && to is JsonArray newItems)
            CompareArrays(operations, path, oldItems, newItems);
        else
            operations.Add(JsonPatchOperation.Replace(path, to?.DeepClone()));
    }

    private static void CompareObjects(List<JsonPatchOperation> operations, string path, JsonObject from, JsonObject to)
    {
        foreach (var (name, _) in from)
        {
            if (!to.ContainsKey(name))
                operations.Add(JsonPatchOperation.Remove(At(path, name)));
        }

        foreach (var (name, value) in to)
        {
            if (from.TryGetPropertyValue(name, out var old))
                Compare(operations, At(path, name), old, value);
            else
                operations.Add(JsonPatchOperation.Add(At(path, name), value?.DeepClone()));
        }
    }

    /// <summary>What both have at the start and at the end stays; between, items change in place, and then some go or come.</summary>
    private static void CompareArrays(List<JsonPatchOperation> operations, string path, JsonArray from, JsonArray to)
    {
        var shorter = Math.Min(from.Count, to.Count);
        var start = 0;
        while (start < shorter && JsonNode.DeepEquals(from[start], to[start]))
            start++;
        var end = 0;
        while (end < shorter - start && JsonNode.DeepEquals(from[^(end + 1)], to[^(end + 1)]))
            end++;

        var (oldEnd, newEnd) = (from.Count - end, to.Count - end);
        for (var i = start; i < Math.Min(oldEnd, newEnd); i++)
            Compare(operations, $"{path}/{i}", from[i], to[i]);
        for (var i = oldEnd - 1; i >= Math.Max(newEnd, start); i--)
            operations.Add(JsonPatchOperation.Remove($"{path}/{i}"));
        for (var i = Math.Max(oldEnd, start); i < newEnd; i++)
            operations.Add(JsonPatchOperation.Add($"{path}/{i}", to[i]?.DeepClone()));
    }

    private static string At(string path, string member) => $"{path}/{JsonPatchOperation.Escape(member)}";
}
