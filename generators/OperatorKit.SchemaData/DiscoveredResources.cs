using System.Text.Json.Nodes;

namespace OperatorKit.SchemaData;

/// <summary>The resources of the generally available group-versions, one compact object a resource, with its subresources inside.</summary>
internal static class DiscoveredResources
{
    public static IReadOnlyList<JsonObject> Read(string directory, IReadOnlySet<string> groupVersions, Func<string, string, string, string?> definitionOf)
    {
        var result = new List<JsonObject>();
        foreach (var file in Directory.GetFiles(directory, "*.json").Order(StringComparer.Ordinal))
        {
            var list = JsonNode.Parse(File.ReadAllText(file))!;
            if (list["kind"]?.GetValue<string>() != "APIResourceList" || !groupVersions.Contains(list["groupVersion"]!.GetValue<string>()))
                continue;
            var parts = list["groupVersion"]!.GetValue<string>().Split('/');
            var (group, version) = parts.Length == 2 ? (parts[0], parts[1]) : ("", parts[0]);
            var entries = list["resources"]!.AsArray().Select(entry => entry!.AsObject()).ToList();
            foreach (var entry in entries.Where(entry => !Name(entry).Contains('/')))
                result.Add(Resource(entry, group, version, entries, definitionOf));
        }

        return result;
    }

    private static JsonObject Resource(JsonObject entry, string group, string version, List<JsonObject> entries, Func<string, string, string, string?> definitionOf)
    {
        var kind = entry["kind"]!.GetValue<string>();
        var resource = new JsonObject
        {
            ["group"] = group,
            ["version"] = version,
            ["name"] = Name(entry),
            ["singular"] = entry["singularName"]!.GetValue<string>(),
            ["kind"] = kind,
            ["namespaced"] = entry["namespaced"]!.GetValue<bool>(),
            ["definition"] = definitionOf(entry["group"]?.GetValue<string>() ?? group, entry["version"]?.GetValue<string>() ?? version, kind),
        };
        Copy(entry, resource, "verbs", "shortNames", "categories", "storageVersionHash");
        var subresources = new JsonArray();
        foreach (var sub in entries.Where(candidate => Name(candidate).StartsWith(Name(entry) + "/", StringComparison.Ordinal)))
        {
            var compact = new JsonObject { ["name"] = Name(sub)[(Name(entry).Length + 1)..], ["kind"] = sub["kind"]!.GetValue<string>() };
            Copy(sub, compact, "group", "version", "verbs");
            subresources.Add(compact);
        }

        if (subresources.Count > 0)
            resource["subresources"] = subresources;
        return resource;
    }

    private static string Name(JsonObject entry) => entry["name"]!.GetValue<string>();

    private static void Copy(JsonObject from, JsonObject to, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (from[name] is { } value)
                to[name] = value.DeepClone();
        }
    }
}
