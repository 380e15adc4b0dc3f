using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>Writes the OpenAPI v3 document of one group-version, or the v2 document of everything.</summary>
internal static class OpenApiDocument
{
    public static JsonObject V3(IEnumerable<ResourceType> types, string group, string version, string kubernetesVersion)
    {
        var definitions = new DefinitionSet();
        var paths = new JsonObject.Builder();
        foreach (var type in types.Where(type => type.Group == group).OrderBy(static type => type.Plural, StringComparer.Ordinal))
        {
            if (type.Version(version) is { Served: true } served)
                Add(type, served, paths, definitions);
        }

        return JsonObject.Of(
            ("openapi", "3.0.0"),
            ("info", Info(kubernetesVersion)),
            ("paths", paths.Build()),
            ("components", JsonObject.Of(
                ("schemas", definitions.Build()),
                ("securitySchemes", JsonObject.Of(("BearerToken", JsonObject.Of(("type", "apiKey"), ("name", "authorization"), ("in", "header"))))))));
    }

    /// <summary>A document without resources: the version, or the lists of groups and of versions.</summary>
    public static JsonObject Plain(string kubernetesVersion) =>
        JsonObject.Of(("openapi", "3.0.0"), ("info", Info(kubernetesVersion)), ("paths", JsonObject.Empty), ("components", JsonObject.Of(("schemas", JsonObject.Empty))));

    public static JsonObject V2(IEnumerable<ResourceType> types, string kubernetesVersion)
    {
        var definitions = new DefinitionSet();
        var paths = new JsonObject.Builder();
        foreach (var type in types.OrderBy(static type => type.Group, StringComparer.Ordinal).ThenBy(static type => type.Plural, StringComparer.Ordinal))
        {
            foreach (var version in type.Versions.Where(static version => version.Served))
                Add(type, version, paths, definitions);
        }

        return JsonObject.Of(
            ("swagger", "2.0"),
            ("info", Info(kubernetesVersion)),
            ("paths", SwaggerForm.Paths(paths.Build())),
            ("definitions", SwaggerForm.Definitions(definitions.Build())));
    }

    private static void Add(ResourceType type, ResourceVersion version, JsonObject.Builder paths, DefinitionSet definitions)
    {
        string kind;
        string list;
        if (type.IsCustom)
        {
            (kind, list) = definitions.AddCustom(type, version);
        }
        else
        {
            kind = version.Schema.DefinitionName!;
            list = BuiltInSchemas.Find(type.Group, version.Name, type.ListKind)?.DefinitionName ?? kind;
            definitions.Add(kind);
            definitions.Add(list);
        }

        foreach (var shared in (string[])[DefinitionSet.DeleteOptions, DefinitionSet.Status, DefinitionSet.Patch])
            definitions.Add(shared);
        var writer = new PathWriter(type, version, kind, list);
        foreach (var foreign in writer.ForeignDefinitions())
            definitions.Add(foreign);
        writer.Write(paths);
    }

    private static JsonObject Info(string kubernetesVersion) => JsonObject.Of(("title", "Kubernetes"), ("version", kubernetesVersion));
}
