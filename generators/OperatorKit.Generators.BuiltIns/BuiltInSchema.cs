using System;
using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.BuiltIns;

/// <summary>
/// Turns the compact schema data of Kubernetes into records. The file is made by the SchemaData tool; used here are
/// <c>definitions{name: {fields: [{name, type, format, ref, items, map}], gvk: [{group, version, kind}]}}</c> and
/// <c>resources[{group, version, name, kind, namespaced, definition, subresources: [{name}]}]</c>.
/// </summary>
internal sealed class BuiltInSchema
{
    public const string Namespace = "OperatorKit.Models";

    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    // Managed fields are skipped while reading and never sent, so the model does not have them.
    private static readonly HashSet<string> Unwanted = [Meta + "ManagedFieldsEntry", Meta + "FieldsV1", Meta + "Patch"];

    private readonly JsonNode _root;
    private readonly BuiltInNames _names;
    private readonly Dictionary<string, JsonNode> _definitions;

    private BuiltInSchema(JsonNode root)
    {
        _root = root;
        _definitions = root["definitions"]!.Members.Where(d => !Unwanted.Contains(d.Key)).ToDictionary(d => d.Key, d => d.Value);
        _names = new BuiltInNames(_definitions.Where(d => IsRecord(d.Key, d.Value)).Select(d => d.Key));
    }

    public static IEnumerable<BuiltInType> Read(JsonNode root)
    {
        var schema = new BuiltInSchema(root);
        return schema._definitions.Where(d => IsRecord(d.Key, d.Value)).Select(d => schema.Type(d.Key, d.Value));
    }

    /// <summary>The definitions of the records, by the C# names of these.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Definitions(JsonNode root)
    {
        var schema = new BuiltInSchema(root);
        return schema._definitions.Where(d => IsRecord(d.Key, d.Value)).ToDictionary(d => schema._names[d.Key], d => d.Value);
    }

    // The lists of kinds are one generic type in the client.
    private static bool IsListOfKinds(JsonNode definition) =>
        definition.List("fields").Any(f => f.String("name") == "items")
        && definition.List("fields").Any(f => f.String("ref") == Meta + "ListMeta");

    private static TypeRef? Scalar(string definition) => BuiltInNames.Last(definition) switch
    {
        "Time" => TypeRef.Scalar(Shape.Time),
        "MicroTime" => TypeRef.Scalar(Shape.MicroTime),
        "Quantity" => TypeRef.Scalar(Shape.Quantity),
        "IntOrString" => TypeRef.Scalar(Shape.IntOrString),
        "JSON" or "RawExtension" or "JSONSchemaPropsOrArray" or "JSONSchemaPropsOrBool" or "JSONSchemaPropsOrStringArray" => TypeRef.Scalar(Shape.RawJson),
        _ => null,
    };

    private static bool IsRecord(string name, JsonNode definition) => Scalar(name) is null && !IsListOfKinds(definition);

    private BuiltInType Type(string definition, JsonNode node)
    {
        var name = _names[definition];
        var resource = Resource(definition);
        var isObject = node["gvk"] is not null && node.List("fields").Any(f => f.String("ref") == Meta + "ObjectMeta");
        var properties = node.List("fields")
            .Where(f => Known(f))
            .OrderBy(f => Rank(f))
            .Select(f => Property(f, node, isObject))
            .ToEquatableArray();
        var type = new TypeModel(Namespace, $"global::{Namespace}.{name}", "", properties) { IsKind = node["gvk"] is not null };
        var summary = resource is null
            ? $"{BuiltInNames.Last(definition)} of {BuiltInNames.GroupVersion(definition)}."
            : $"The kind {resource.Kind} of {(resource.Group.Length == 0 ? "" : resource.Group + "/")}{resource.Version}.";
        return new BuiltInType(name, summary, type) { IsObject = isObject, Resource = resource };
    }

    private static bool Known(JsonNode field) => !Unwanted.Contains(field["items"]?.String("ref") ?? field.String("ref") ?? "");

    // Everybody writes what an object is before what is in it.
    private static int Rank(JsonNode field) => field.String("name") switch
    {
        "apiVersion" => 0,
        "kind" => 1,
        "metadata" => 2,
        _ => 3,
    };

    private PropertyModel Property(JsonNode field, JsonNode owner, bool ownerIsObject)
    {
        var json = field.String("name")!;
        var name = BuiltInNames.Member(json);
        if (json is "apiVersion" or "kind" && GroupVersionKind(owner) is { } gvk)
        {
            var constant = json == "kind" ? gvk.String("kind")! : ApiVersion(gvk);
            return new PropertyModel(name, json, TypeRef.Scalar(Shape.String)) { Constant = constant, HasDefault = true };
        }

        if (json == "metadata" && ownerIsObject)
            return new PropertyModel(name, json, Reference(field)) { HasDefault = true };
        return new PropertyModel(name, json, Reference(field) with { Nullable = true });
    }

    private TypeRef Reference(JsonNode node)
    {
        if (node.String("ref") is { } definition)
        {
            if (Scalar(definition) is { } scalar)
                return scalar;
            var name = $"global::{Namespace}.{_names[definition]}";
            return TypeRef.Record(name, name);
        }

        return node.String("type") switch
        {
            "string" => TypeRef.Scalar(node.String("format") == "byte" ? Shape.Bytes : Shape.String),
            "boolean" => TypeRef.Scalar(Shape.Boolean),
            "integer" => TypeRef.Scalar(node.String("format") == "int64" ? Shape.Int64 : Shape.Int32),
            "number" => TypeRef.Scalar(Shape.Double),
            "array" => TypeRef.List(Reference(node["items"]!)),
            "object" when node["map"] is { } values => TypeRef.Dictionary(Reference(values)),
            var type => throw new FormatException($"unknown type '{type}' of '{node.String("name")}' in the schema data"),
        };
    }

    private BuiltInResource? Resource(string definition)
    {
        foreach (var resource in _root.List("resources"))
        {
            if (resource.String("definition") != definition)
                continue;
            return new BuiltInResource(
                resource.String("group")!,
                resource.String("version")!,
                resource.String("kind")!,
                resource.String("name")!,
                resource.Flag("namespaced"),
                resource.List("subresources").Any(s => s.String("name") == "status"),
                resource.List("subresources").Any(s => s.String("name") == "scale"));
        }

        return null;
    }

    // Types such as DeleteOptions belong to every group; the core group's version serves all.
    private static JsonNode? GroupVersionKind(JsonNode definition) =>
        definition.List("gvk").OrderBy(g => g.String("group")!.Length).FirstOrDefault();

    private static string ApiVersion(JsonNode gvk) =>
        gvk.String("group") is { Length: > 0 } group ? $"{group}/{gvk.String("version")}" : gvk.String("version")!;
}
