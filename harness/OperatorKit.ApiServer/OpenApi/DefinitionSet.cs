using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>The <c>components/schemas</c> of a document: the kinds that are named, and everything that they refer to.</summary>
internal sealed class DefinitionSet
{
    public const string DeleteOptions = Meta + "DeleteOptions";
    public const string Status = Meta + "Status";
    public const string Patch = Meta + "Patch";

    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);
    private readonly Queue<StructuralSchema> _open = new();

    public void Add(string definition)
    {
        if (_definitions.ContainsKey(definition))
            return;
        var schema = BuiltInSchemas.Definition(definition);
        var written = SchemaWriter.Write(schema);
        if (SchemaData.Embedded.Definition(definition)?.ArrayAt("gvk") is { } kinds)
            written = written.With("x-kubernetes-group-version-kind", kinds);
        _definitions[definition] = written;
        _open.Enqueue(schema);
        Close();
    }

    /// <summary>Adds a custom resource and its list, with what every object has filled in. Gives the names of both.</summary>
    public (string Kind, string List) AddCustom(ResourceType type, ResourceVersion version)
    {
        var name = CustomName(type, version, type.Kind);
        var list = CustomName(type, version, type.ListKind);
        var schema = WithObjectFields(SchemaWriter.Write(version.Schema));
        _definitions[name] = schema.With("x-kubernetes-group-version-kind", JsonArray.Of(Kind(type, version, type.Kind)));
        _definitions[list] = JsonObject.Of(
            ("description", $"{type.ListKind} is a list of {type.Kind}"),
            ("type", "object"),
            ("required", JsonArray.Of("items")),
            ("properties", JsonObject.Of(
                ("apiVersion", JsonObject.Of(("type", "string"))),
                ("items", JsonObject.Of(("type", "array"), ("items", SchemaWriter.Reference(name)))),
                ("kind", JsonObject.Of(("type", "string"))),
                ("metadata", JsonObject.Of(("allOf", JsonArray.Of(SchemaWriter.Reference(Meta + "ListMeta"))))))),
            ("x-kubernetes-group-version-kind", JsonArray.Of(Kind(type, version, type.ListKind))));
        Add(Meta + "ObjectMeta");
        Add(Meta + "ListMeta");
        return (name, list);
    }

    public JsonObject Build()
    {
        var schemas = new JsonObject.Builder(_definitions.Count);
        foreach (var (name, definition) in _definitions)
            schemas[name] = definition;
        return schemas.Build();
    }

    public static JsonObject Kind(ResourceType type, ResourceVersion version, string kind) =>
        JsonObject.Of(("group", type.Group), ("kind", kind), ("version", version.Name));

    private static JsonObject WithObjectFields(JsonObject schema)
    {
        var properties = new JsonObject.Builder();
        properties["apiVersion"] = JsonObject.Of(("type", "string"));
        properties["kind"] = JsonObject.Of(("type", "string"));
        foreach (var (key, value) in schema.ObjectAt("properties") ?? JsonObject.Empty)
            properties[key] = value;
        properties["metadata"] = JsonObject.Of(("allOf", JsonArray.Of(SchemaWriter.Reference(Meta + "ObjectMeta"))));
        return schema.With("properties", properties.Build());
    }

    private void Close()
    {
        while (_open.TryDequeue(out var schema))
        {
            foreach (var reference in References(schema))
                Add(reference);
        }
    }

    private static IEnumerable<string> References(StructuralSchema schema)
    {
        if (schema.Reference is { } reference)
            yield return reference.Name;
        var inner = schema.Properties.Select(static property => property.Schema);
        if (schema.Items is { } items)
            inner = inner.Append(items);
        if (schema.AdditionalProperties is { } values)
            inner = inner.Append(values);
        foreach (var name in inner.SelectMany(References))
            yield return name;
    }

    /// <summary>The group's labels reversed, as Java packages are: <c>com.example.stable.v1.Foo</c>.</summary>
    private static string CustomName(ResourceType type, ResourceVersion version, string kind) =>
        $"{string.Join('.', type.Group.Split('.').Reverse())}.{version.Name}.{kind}";
}
