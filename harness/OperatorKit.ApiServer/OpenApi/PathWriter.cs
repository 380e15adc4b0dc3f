using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>
/// Writes the paths of a resource: which verbs there are, what goes in and what comes out. kubectl looks here for
/// PATCH operations, to learn whether the server validates fields and which patches it takes.
/// </summary>
internal sealed class PathWriter(ResourceType type, ResourceVersion version, string definition, string listDefinition)
{
    private static readonly (string Name, string Type)[] WriteParameters = [("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string")];
    private static readonly (string Name, string Type)[] PatchParameters = [.. WriteParameters, ("force", "boolean")];

    private static readonly (string Name, string Type)[] DeleteParameters =
        [("dryRun", "string"), ("gracePeriodSeconds", "integer"), ("orphanDependents", "boolean"), ("propagationPolicy", "string")];

    private static readonly (string Name, string Type)[] ListParameters =
    [
        ("allowWatchBookmarks", "boolean"),
        ("continue", "string"),
        ("fieldSelector", "string"),
        ("labelSelector", "string"),
        ("limit", "integer"),
        ("resourceVersion", "string"),
        ("resourceVersionMatch", "string"),
        ("sendInitialEvents", "boolean"),
        ("timeoutSeconds", "integer"),
        ("watch", "boolean"),
    ];

    private readonly string _tag = $"{(type.Group.Length == 0 ? "core" : type.Group.Replace('.', '_'))}_{version.Name}";
    private readonly JsonObject _kind = DefinitionSet.Kind(type, version, type.Kind);

    public void Write(JsonObject.Builder paths)
    {
        var root = type.Group.Length == 0 ? $"/api/{version.Name}" : $"/apis/{type.Group}/{version.Name}";
        var collection = type.Namespaced ? $"{root}/namespaces/{{namespace}}/{type.Plural}" : $"{root}/{type.Plural}";
        if (type.Namespaced && version.Verbs.Contains("list"))
            paths[$"{root}/{type.Plural}"] = Path(named: false, inNamespace: false, ("get", Operation("list", ListParameters, listDefinition)));
        paths[collection] = Path(named: false, type.Namespaced, [.. Collection()]);
        if (version.Verbs.Contains("get"))
            paths[collection + "/{name}"] = Path(named: true, type.Namespaced, [.. Object(version.Verbs.Where(static verb => verb != "create"), definition, _kind)]);
        foreach (var subresource in version.Subresources)
            paths[$"{collection}/{{name}}/{subresource.Name}"] = Path(named: true, type.Namespaced, [.. Subresource(subresource)]);
    }

    private IEnumerable<(string Method, JsonObject Operation)> Collection()
    {
        if (version.Verbs.Contains("list"))
            yield return ("get", Operation("list", ListParameters, listDefinition));
        if (version.Verbs.Contains("create"))
            yield return ("post", WithBody(Operation("post", WriteParameters, definition), definition));
        if (version.Verbs.Contains("deletecollection"))
            yield return ("delete", WithBody(Operation("deletecollection", [.. DeleteParameters, .. ListParameters], DefinitionSet.Status), DefinitionSet.DeleteOptions));
    }

    private IEnumerable<(string Method, JsonObject Operation)> Object(IEnumerable<string> verbs, string schema, JsonObject kind)
    {
        var allowed = verbs.ToHashSet(StringComparer.Ordinal);
        if (allowed.Contains("get"))
            yield return ("get", Operation("get", [], schema, kind));
        if (allowed.Contains("update"))
            yield return ("put", WithBody(Operation("put", WriteParameters, schema, kind), schema));
        if (allowed.Contains("create"))
            yield return ("post", WithBody(Operation("post", WriteParameters, schema, kind), schema));
        if (allowed.Contains("delete"))
            yield return ("delete", WithBody(Operation("delete", DeleteParameters, DefinitionSet.Status, kind), DefinitionSet.DeleteOptions));
        if (allowed.Contains("patch"))
            yield return ("patch", Operation("patch", PatchParameters, schema, kind).With("requestBody", JsonObject.Of(("required", true), ("content", PatchContent()))));
    }

    private IEnumerable<(string Method, JsonObject Operation)> Subresource(Subresource subresource)
    {
        var (group, number) = (subresource.Group ?? type.Group, subresource.Version ?? version.Name);
        var kind = JsonObject.Of(("group", group), ("kind", subresource.Kind), ("version", number));
        var schema = subresource.Kind == type.Kind ? definition : BuiltIns.BuiltInSchemas.Find(group, number, subresource.Kind)?.DefinitionName ?? definition;
        return Object(subresource.Verbs, schema, kind);
    }

    /// <summary>The definition of the kind that a subresource speaks, where it is not the resource's own.</summary>
    public IEnumerable<string> ForeignDefinitions() => version.Subresources
        .Select(subresource => BuiltIns.BuiltInSchemas.Find(subresource.Group ?? type.Group, subresource.Version ?? version.Name, subresource.Kind)?.DefinitionName)
        .OfType<string>();

    private JsonObject Operation(string action, (string Name, string Type)[] parameters, string schema, JsonObject? kind = null)
    {
        var operation = new JsonObject.Builder
        {
            ["description"] = $"{action} {type.Kind}",
            ["operationId"] = $"{action}{Capital(_tag)}{Capital(type.Plural)}{(kind is null || kind.Equals(_kind) ? "" : Capital(kind.StringAt("kind")!))}",
            ["tags"] = JsonArray.Of(_tag),
        };
        if (parameters.Length > 0)
            operation["parameters"] = JsonArray.Of(parameters.Select(static parameter => Parameter(parameter.Name, "query", parameter.Type)));
        operation["responses"] = JsonObject.Of(
            ("200", JsonObject.Of(("description", "OK"), ("content", Content(schema, action == "list")))),
            ("401", JsonObject.Of(("description", "Unauthorized"))));
        operation["x-kubernetes-action"] = action;
        operation["x-kubernetes-group-version-kind"] = kind ?? _kind;
        return operation.Build();
    }

    private JsonObject Content(string schema, bool isList)
    {
        var media = JsonObject.Of(("schema", SchemaWriter.Reference(schema)));
        var content = new JsonObject.Builder { ["application/json"] = media, ["application/yaml"] = media };
        if (!type.IsCustom)
            content["application/vnd.kubernetes.protobuf"] = media;
        if (isList && !type.IsCustom)
            content["application/json;stream=watch"] = media;
        return content.Build();
    }

    private JsonObject PatchContent()
    {
        var media = JsonObject.Of(("schema", SchemaWriter.Reference(DefinitionSet.Patch)));
        var content = new JsonObject.Builder
        {
            ["application/apply-patch+yaml"] = media,
            ["application/json-patch+json"] = media,
            ["application/merge-patch+json"] = media,
        };
        if (!type.IsCustom)
            content["application/strategic-merge-patch+json"] = media;
        return content.Build();
    }

    private static JsonObject WithBody(JsonObject operation, string schema) =>
        operation.With("requestBody", JsonObject.Of(("content", JsonObject.Of(("*/*", JsonObject.Of(("schema", SchemaWriter.Reference(schema))))))));

    private static JsonObject Path(bool named, bool inNamespace, params (string Method, JsonObject Operation)[] operations)
    {
        var path = new JsonObject.Builder();
        foreach (var (method, operation) in operations)
            path[method] = operation;
        var parameters = new List<JsonObject>();
        if (named)
            parameters.Add(Parameter("name", "path", "string"));
        if (inNamespace)
            parameters.Add(Parameter("namespace", "path", "string"));
        parameters.Add(Parameter("pretty", "query", "string"));
        path["parameters"] = JsonArray.Of(parameters);
        return path.Build();
    }

    private static JsonObject Parameter(string name, string place, string schemaType)
    {
        var parameter = JsonObject.Of(("name", name), ("in", place));
        if (place == "path")
            parameter = parameter.With("required", true);
        return parameter.With("schema", JsonObject.Of(("type", schemaType), ("uniqueItems", true)));
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
