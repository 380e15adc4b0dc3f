using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.Apply;

/// <summary>A custom kind with every way of merging, and writes to objects of it.</summary>
internal static class Gadgets
{
    public const string ApiVersion = "example.com/v1";

    private static readonly StructuralSchema Text = new() { Type = SchemaType.String };
    private static readonly StructuralSchema Whole = new() { Type = SchemaType.Integer };
    private static readonly StructuralSchema TextMap = new() { Type = SchemaType.Object, AdditionalProperties = Text };

    public static StructuralSchema Schema { get; } = Map(
        ("spec", Map(
            ("color", Text),
            ("size", Whole),
            ("set", List(Text) with { ListType = SchemaListType.Set }),
            ("atomic", List(Text)),
            ("parts", List(Map(("id", Text), ("rev", Whole with { Default = 1 }), ("v", Whole))) with { ListType = SchemaListType.Map, ListMapKeys = ["id", "rev"] }),
            ("gran", TextMap),
            ("whole", TextMap with { MapType = SchemaMapType.Atomic }),
            ("free", new StructuralSchema { Type = SchemaType.Object, PreserveUnknownFields = true }))),
        ("status", Map(("n", Whole))));

    public static FieldOperation By(string manager, int second = 0, string? subresource = null) => new()
    {
        Manager = manager,
        ApiVersion = ApiVersion,
        Kind = "Gadget",
        Schema = Schema,
        Subresource = subresource,
        Time = DateTimeOffset.UnixEpoch.AddSeconds(second),
    };

    /// <summary>A gadget named <c>a</c> with the given spec.</summary>
    public static JsonObject WithSpec(string spec) =>
        Document.Object($"{{'apiVersion':'{ApiVersion}','kind':'Gadget','metadata':{{'name':'a'}},'spec':{spec}}}");

    public static JsonObject Apply(JsonObject? live, string manager, string spec, bool force = false) =>
        ServerSideApply.Apply(live, WithSpec(spec), By(manager), force);

    public static JsonObject Create(string manager, string spec) => ManagedFields.Update(null, WithSpec(spec), By(manager));

    public static JsonObject Update(JsonObject live, string manager, string spec, int second = 0) =>
        ManagedFields.Update(live, live.With("spec", Document.Parse(spec)), By(manager, second));

    /// <summary>The fields of each manager: <c>{'m':{'f:spec':…}}</c>.</summary>
    public static string Owners(JsonObject gadget) => JsonObject.Of([.. (gadget.ArrayAt("metadata", "managedFields") ?? JsonArray.Empty)
        .Cast<JsonObject>()
        .Select(static entry => (entry.StringAt("manager")!, entry.At("fieldsV1", "f:spec") ?? entry["fieldsV1"]!))]).ToString().Replace('"', '\'');

    public static string Spec(JsonObject gadget) => (gadget["spec"] ?? JsonValue.Null).ToString().Replace('"', '\'');

    private static StructuralSchema Map(params (string Name, StructuralSchema Schema)[] properties) =>
        new() { Type = SchemaType.Object, Properties = [.. properties.Select(static property => new StructuralProperty(property.Name, property.Schema))] };

    private static StructuralSchema List(StructuralSchema items) => new() { Type = SchemaType.Array, Items = items };
}
