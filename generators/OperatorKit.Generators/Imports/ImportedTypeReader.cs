using System.Collections.Generic;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;
using static OperatorKit.Generators.Imports.DefinitionReader;

namespace OperatorKit.Generators.Imports;

/// <summary>Makes records of the schema of one kind. All members are nullable, as in the built-in kinds: what is not set is not sent.</summary>
/// <param name="kind">The kind.</param>
/// <param name="names">The names of its namespace.</param>
internal sealed class ImportedTypeReader(ImportedKind kind, ImportedNames names)
{
    private const int LongestName = 200;

    private readonly List<ImportedType> _types = [];

    public EquatableArray<ImportedType> Read(Mapping schema)
    {
        var apiVersion = kind.Group + "/" + kind.Version;
        var root = new List<PropertyModel>
        {
            new("ApiVersion", "apiVersion", TypeRef.Scalar(Shape.String)) { Constant = apiVersion, HasDefault = true },
            new("Kind", "kind", TypeRef.Scalar(Shape.String)) { Constant = kind.Kind, HasDefault = true },
            new("Metadata", "metadata", TypeRef.Record("global::OperatorKit.Models.V1ObjectMeta", "global::OperatorKit.Models.V1ObjectMeta")) { HasDefault = true },
        };
        AddRecord(kind.Name, schema, root, isKind: true);
        return _types.ToEquatableArray();
    }

    private void AddRecord(string name, Mapping schema, List<PropertyModel> properties, bool isKind)
    {
        var place = _types.Count;
        var descriptions = new List<string>();
        var used = new HashSet<string>();
        foreach (var property in properties)
        {
            used.Add(property.Name);
            descriptions.Add("");
        }

        foreach (var entry in (schema["properties"] as Mapping ?? Mapping.Empty).Entries)
        {
            if (isKind && entry.Key is "apiVersion" or "kind" or "metadata")
                continue;
            var member = Identifiers.Unique(Identifiers.Member(entry.Key, name), used);
            properties.Add(new PropertyModel(member, entry.Key, TypeOf(entry.Value, Inside(name, entry.Key)) with { Nullable = true }));
            descriptions.Add(TextOf((entry.Value as Mapping)?["description"]) ?? "");
        }

        var type = new TypeModel(kind.Namespace, $"global::{kind.Namespace}.{name}", "", properties.ToEquatableArray()) { IsKind = isKind };
        _types.Insert(place, new ImportedType(name, type, TextOf(schema["description"]), descriptions.ToEquatableArray()));
    }

    /// <summary>The name of a type after its place, for which the compiler's metadata has limited room.</summary>
    private string Inside(string outer, string member)
    {
        var name = outer + Identifiers.Pascal(member);
        return name.Length > LongestName ? kind.Name + Identifiers.Pascal(member) : name;
    }

    private TypeRef TypeOf(Node node, string name)
    {
        if (node is not Mapping schema)
            return TypeRef.Scalar(Shape.RawJson);
        if (TextOf(schema["x-kubernetes-int-or-string"]) == "true")
            return TypeRef.Scalar(TextOf(schema["pattern"])?.Contains("[KMGTPE]i") == true ? Shape.Quantity : Shape.IntOrString);

        // A record would lose members that the schema does not know.
        if (TextOf(schema["x-kubernetes-preserve-unknown-fields"]) == "true" || TextOf(schema["x-kubernetes-embedded-resource"]) == "true")
            return TypeRef.Scalar(Shape.RawJson);
        return TextOf(schema["type"]) switch
        {
            "boolean" => TypeRef.Scalar(Shape.Boolean),
            "integer" => TypeRef.Scalar(TextOf(schema["format"]) == "int32" ? Shape.Int32 : Shape.Int64),
            "number" => TypeRef.Scalar(Shape.Double),
            "string" => TypeRef.Scalar(TextOf(schema["format"]) switch { "date-time" => Shape.Time, "byte" => Shape.Bytes, _ => Shape.String }),
            "array" when schema["items"] is { } items => TypeRef.List(ItemOf(items, name)),
            "object" => ObjectOf(schema, name),
            _ => TypeRef.Scalar(Shape.RawJson),
        };
    }

    private TypeRef ItemOf(Node node, string name) => TypeOf(node, name) is var type && TextOf((node as Mapping)?["nullable"]) == "true" ? type with { Nullable = true } : type;

    private TypeRef ObjectOf(Mapping schema, string name)
    {
        if (schema["properties"] is Mapping { Entries.Count: > 0 })
        {
            name = names.Take(name, "Apply", "ApplyJson");
            AddRecord(name, schema, [], isKind: false);
            var csharp = $"global::{kind.Namespace}.{name}";
            return TypeRef.Record(csharp, csharp);
        }

        return schema["additionalProperties"] is Mapping values ? TypeRef.Dictionary(ItemOf(values, name)) : TypeRef.Scalar(Shape.RawJson);
    }
}
