using System.Security.Cryptography;
using System.Text;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Discovery;

/// <summary>The discovery documents of old: one request a group and a version.</summary>
internal static class LegacyDiscovery
{
    public static JsonObject CoreVersions(string serverAddress) => JsonObject.Of(
        ("kind", "APIVersions"),
        ("versions", JsonArray.Of("v1")),
        ("serverAddressByClientCIDRs", JsonArray.Of(JsonObject.Of(("clientCIDR", "0.0.0.0/0"), ("serverAddress", serverAddress)))));

    public static JsonObject GroupList(RegistrySnapshot registry) => JsonObject.Of(
        ("kind", "APIGroupList"),
        ("apiVersion", "v1"),
        ("groups", JsonArray.Of(Groups(registry).Select(group => GroupEntry(registry, group)))));

    /// <summary>The APIGroup, or null where nothing of the group is served.</summary>
    public static JsonObject? Group(RegistrySnapshot registry, string group) => Versions(registry, group).Length == 0
        ? null
        : JsonObject.Of([("kind", "APIGroup"), ("apiVersion", "v1"), .. GroupEntry(registry, group).Select(static member => (member.Key, member.Value))]);

    public static JsonObject? Resources(RegistrySnapshot registry, string group, string version)
    {
        var entries = Served(registry, group, version).SelectMany(Entries).ToArray();
        return entries.Length == 0 ? null : JsonObject.Of(
            ("kind", "APIResourceList"),
            ("apiVersion", "v1"),
            ("groupVersion", group.Length == 0 ? version : $"{group}/{version}"),
            ("resources", JsonArray.Of(entries)));
    }

    /// <summary>All named groups that serve something, built-in ones first.</summary>
    public static IEnumerable<string> Groups(RegistrySnapshot registry) =>
        registry.Types.Where(static type => type.Group.Length > 0 && type.Versions.Any(static version => version.Served)).Select(static type => type.Group).Distinct();

    public static string[] Versions(RegistrySnapshot registry, string group) =>
        [.. registry.Types.Where(type => type.Group == group).SelectMany(static type => type.Versions).Where(static version => version.Served).Select(static version => version.Name).Distinct().Order(VersionOrder.NewestFirst)];

    public static IEnumerable<(ResourceType Type, ResourceVersion Version)> Served(RegistrySnapshot registry, string group, string version)
    {
        foreach (var type in registry.Types)
        {
            if (type.Group == group && type.Version(version) is { Served: true } served)
                yield return (type, served);
        }
    }

    private static JsonObject GroupEntry(RegistrySnapshot registry, string group)
    {
        var versions = Versions(registry, group).Select(version => JsonObject.Of(("groupVersion", $"{group}/{version}"), ("version", version))).ToArray();
        return JsonObject.Of(("name", group), ("versions", JsonArray.Of(versions)), ("preferredVersion", versions[0]));
    }

    private static IEnumerable<JsonObject> Entries((ResourceType Type, ResourceVersion Version) served)
    {
        var (type, version) = served;
        var entry = new JsonObject.Builder
        {
            ["name"] = type.Plural,
            ["singularName"] = type.Singular,
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = Texts(version.Verbs),
        };
        if (type.ShortNames.Length > 0)
            entry["shortNames"] = Texts(type.ShortNames);
        if (type.Categories.Length > 0)
            entry["categories"] = Texts(type.Categories);
        if (!type.Traits.Virtual)
            entry["storageVersionHash"] = StorageVersionHash(type);
        yield return entry.Build();
        foreach (var subresource in version.Subresources)
        {
            var sub = new JsonObject.Builder { ["name"] = $"{type.Plural}/{subresource.Name}", ["singularName"] = "", ["namespaced"] = type.Namespaced };
            if (subresource.Group is { Length: > 0 } group)
                sub["group"] = group;
            if (subresource.Version is { Length: > 0 } subVersion)
                sub["version"] = subVersion;
            sub["kind"] = subresource.Kind;
            sub["verbs"] = Texts(subresource.Verbs);
            yield return sub.Build();
        }
    }

    private static JsonValue StorageVersionHash(ResourceType type)
    {
        var text = $"{type.Storage.Group}/{type.StorageVersion.Name}/{type.Kind}";
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    private static JsonArray Texts(IEnumerable<string> texts) => JsonArray.Of(texts.Select(JsonValue.From));
}
