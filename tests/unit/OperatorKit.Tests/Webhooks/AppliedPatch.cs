using System.Globalization;
using System.Text.Json.Nodes;
using OperatorKit.Client;

namespace OperatorKit.Tests.Webhooks;

/// <summary>Applies the operations of a JSON patch by the letter of RFC 6902, and fails where a path leads nowhere.</summary>
internal static class AppliedPatch
{
    public static JsonNode? To(JsonNode? value, IReadOnlyList<JsonPatchOperation> operations) =>
        To(value, JsonNode.Parse(Patch.Json([.. operations]).Body.Span)!.AsArray());

    public static JsonNode? To(JsonNode? value, JsonArray operations)
    {
        var root = new JsonObject { ["root"] = value?.DeepClone() };
        foreach (var operation in operations)
        {
            var path = ((string)operation!["path"]!).Split('/').Skip(1).Select(static p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).Prepend("root").ToArray();
            var parent = path[..^1].Aggregate((JsonNode)root, static (node, part) => node is JsonArray items ? items[Index(part)]! : node.AsObject()[part]!);
            Apply(parent, path[^1], (string)operation["op"]!, operation["value"]);
        }

        return root["root"];
    }

    private static void Apply(JsonNode parent, string at, string what, JsonNode? value)
    {
        switch (parent, what)
        {
            case (JsonArray items, "add"):
                items.Insert(Index(at), value?.DeepClone());
                break;
            case (JsonArray items, "remove"):
                items.RemoveAt(Index(at));
                break;
            case (JsonArray items, _):
                items[Index(at)] = value?.DeepClone();
                break;
            case (JsonObject members, "remove"):
                members.Remove(at).ShouldBeTrue();
                break;
            case (JsonObject members, "replace"):
                members.ContainsKey(at).ShouldBeTrue();
                members[at] = value?.DeepClone();
                break;
            default:
                parent.AsObject()[at] = value?.DeepClone();
                break;
        }
    }

    private static int Index(string part) => int.Parse(part, CultureInfo.InvariantCulture);
}
