using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer.Discovery;

/// <summary>Aggregated discovery (apidiscovery.k8s.io/v2): everything in one document for <c>/api</c> and one for <c>/apis</c>.</summary>
internal static class AggregatedDiscovery
{
    public const string Kind = "APIGroupDiscoveryList";
    public const string ApiGroup = "apidiscovery.k8s.io";

    public static string ContentType(BodyFormat format) => $"application/{(format == BodyFormat.Yaml ? "yaml" : "json")};g={ApiGroup};v=v2;as={Kind}";

    public static JsonObject Core(RegistrySnapshot registry) => Document([Group(registry, "")]);

    public static JsonObject Groups(RegistrySnapshot registry) => Document(LegacyDiscovery.Groups(registry).Select(group => Group(registry, group)));

    private static JsonObject Document(IEnumerable<JsonObject> items) => JsonObject.Of(
        ("kind", Kind),
        ("apiVersion", ApiGroup + "/v2"),
        ("metadata", JsonObject.Empty),
        ("items", JsonArray.Of(items)));

    private static JsonObject Group(RegistrySnapshot registry, string group) => JsonObject.Of(
        ("metadata", group.Length == 0 ? JsonObject.Empty : JsonObject.Of(("name", group))),
        ("versions", JsonArray.Of(LegacyDiscovery.Versions(registry, group).Select(version => Version(registry, group, version)))));

    private static JsonObject Version(RegistrySnapshot registry, string group, string version) => JsonObject.Of(
        ("version", version),
        ("resources", JsonArray.Of(LegacyDiscovery.Served(registry, group, version).Select(Resource))),
        ("freshness", "Current"));

    private static JsonObject Resource((ResourceType Type, ResourceVersion Version) served)
    {
        var (type, version) = served;
        var entry = new JsonObject.Builder
        {
            ["resource"] = type.Plural,
            ["responseKind"] = ResponseKind(type, version, type.Kind, null, null),
            ["scope"] = type.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = type.Singular,
            ["verbs"] = Texts(version.Verbs),
        };
        if (type.ShortNames.Length > 0)
            entry["shortNames"] = Texts(type.ShortNames);
        if (type.Categories.Length > 0)
            entry["categories"] = Texts(type.Categories);
        if (version.Subresources.Length > 0)
        {
            entry["subresources"] = JsonArray.Of(version.Subresources.Select(subresource => JsonObject.Of(
                ("subresource", subresource.Name),
                ("responseKind", ResponseKind(type, version, subresource.Kind, subresource.Group, subresource.Version)),
                ("verbs", Texts(subresource.Verbs)))));
        }

        return entry.Build();
    }

    // A built-in kind of the version at hand is told by its name alone.
    private static JsonObject ResponseKind(ResourceType type, ResourceVersion version, string kind, string? group, string? otherVersion)
    {
        var own = otherVersion is null or "";
        return JsonObject.Of(
            ("group", own ? (type.IsCustom ? type.Group : "") : group ?? ""),
            ("version", own ? (type.IsCustom ? version.Name : "") : otherVersion!),
            ("kind", kind));
    }

    private static JsonArray Texts(IEnumerable<string> texts) => JsonArray.Of(texts.Select(JsonValue.From));
}
