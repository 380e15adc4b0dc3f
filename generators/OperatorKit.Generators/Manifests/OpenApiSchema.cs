using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Manifests;

/// <summary>Writes the structural schema of one resource version, with keys in alphabetical order.</summary>
internal sealed class OpenApiSchema(ResourceModel model)
{
    private const string QuantityPattern =
        @"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

    private const string DurationPattern = @"^(0|[-+]?([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+)$";

    /// <summary>The schema of the whole object.</summary>
    public Node Root()
    {
        var needsSpec = model.SpecType.Members.Any(static m => m.IsRequired);
        var properties = new Fields
        {
            { "apiVersion", Text("Group and version of the schema that this object is written in.") },
            { "kind", Text("What this object is.") },
            { "metadata", new Fields { { "type", "object" } } },
            // Defaults inside fire only where the parent is there.
            { "spec", Object(model.SpecType, needsSpec ? null : Mapping.Empty, "What is asked for.") },
        };
        if (model.StatusType is { } status)
            properties.Add("status", Object(status, null, "What the operator reports."));
        var root = new Fields
        {
            { "description", model.Description },
            { "properties", properties },
            { "required", needsSpec ? Sequence.Of("spec") : null },
            { "type", "object" },
            { "x-kubernetes-validations", Rules(model.Rules) },
        };
        return root;
    }

    /// <summary>The schema of one value.</summary>
    public Mapping Of(TypeRef type, Constraints constraints, Constraints itemConstraints) => Value(type, constraints, itemConstraints).ToMapping();

    private static Fields Text(string description) => new() { { "description", description }, { "type", "string" } };

    private Fields Object(TypeSchema type, Node? fallback, string? description)
    {
        var schema = new Fields();
        AddObject(schema, type, []);
        schema.Add("default", fallback);
        schema.Add("description", type.Description ?? description);
        schema.Add("title", type.Title);
        schema.Add("externalDocs", Docs(type.ExternalDocs));
        schema.Sort();
        return schema;
    }

    private Fields Member(MemberSchema member)
    {
        var schema = Value(member.Type, member.Constraints, member.ItemConstraints);
        schema.Add("default", member.Default);
        schema.Add("description", member.Description ?? TypeDescription(member.Type));
        var type = member.Type.Shape is Shape.Record or Shape.Enum && !IsMetadata(member.Type) ? model.Type(member.Type.Name) : null;
        schema.Add("title", member.Constraints.Title ?? type?.Title);
        schema.Add("externalDocs", Docs(member.Constraints.ExternalDocs ?? type?.ExternalDocs));
        schema.Add("example", member.Constraints.Example);
        schema.Sort();
        return schema;
    }

    private string? TypeDescription(TypeRef type) => type.Shape is Shape.Record or Shape.Enum && !IsMetadata(type) ? model.Type(type.Name).Description : null;

    private Fields Value(TypeRef type, Constraints constraints, Constraints itemConstraints)
    {
        var schema = new Fields();
        IReadOnlyList<Rule> rules = constraints.Immutable
            ? [.. constraints.Rules, new Rule("self == oldSelf", "field is immutable")]
            : constraints.Rules;
        switch (type.Shape)
        {
            case Shape.List or Shape.Set:
                AddList(schema, type, constraints, itemConstraints);
                break;
            case Shape.Dictionary:
                schema.Add("type", "object");
                schema.Add("additionalProperties", Item(type.Item!, itemConstraints));
                break;
            case Shape.Record when !IsMetadata(type):
                AddObject(schema, model.Type(type.Name), rules);
                rules = [];
                break;
            default:
                AddScalar(schema, type);
                break;
        }

        AddConstraints(schema, type, constraints);
        schema.Add("x-kubernetes-validations", Rules(rules));
        return schema;
    }

    private Fields Item(TypeRef item, Constraints constraints)
    {
        var schema = Value(item, constraints, Constraints.None);
        schema.Add("description", TypeDescription(item));
        if (item.Nullable)
            schema.Add("nullable", true);
        schema.Sort();
        return schema;
    }

    private void AddObject(Fields schema, TypeSchema type, IReadOnlyList<Rule> memberRules)
    {
        var properties = new Fields();
        foreach (var member in type.Members)
            properties.Add(member.JsonName, Member(member));
        properties.Sort();
        var required = type.Members.Where(static m => m.IsRequired).Select(static m => m.JsonName).OrderBy(static n => n, System.StringComparer.Ordinal).ToList();
        // A field rule does not see the field go, so its parent watches for that.
        var kept = type.Members.Where(static m => m.Constraints.Immutable && !m.IsRequired)
            .Select(static m => new Rule($"!has(oldSelf.{m.JsonName}) || has(self.{m.JsonName})", $"field {m.JsonName} is immutable once set"));
        schema.Add("type", "object");
        schema.Add("properties", properties.Count > 0 ? properties.ToMapping() : null);
        schema.Add("required", required.Count > 0 ? Sequence.Of(required) : null);
        schema.Add("x-kubernetes-map-type", type.IsAtomic ? "atomic" : null);
        schema.AddIf("x-kubernetes-preserve-unknown-fields", type.PreservesUnknown);
        schema.Add("x-kubernetes-validations", Rules([.. type.Rules, .. memberRules, .. kept]));
    }

    private void AddList(Fields schema, TypeRef type, Constraints constraints, Constraints itemConstraints)
    {
        schema.Add("type", "array");
        schema.Add("items", Item(type.Item!, itemConstraints));
        var keys = constraints.ListKeys.Count > 0 || type.Item!.Shape != Shape.Record || IsMetadata(type.Item) ? constraints.ListKeys : model.Type(type.Item.Name).Keys;
        if (constraints.Atomic)
        {
            schema.Add("x-kubernetes-list-type", "atomic");
        }
        else if (type.Shape == Shape.Set || constraints.UniqueItems)
        {
            schema.Add("x-kubernetes-list-type", "set");
        }
        else if (keys.Count > 0)
        {
            schema.Add("x-kubernetes-list-map-keys", Sequence.Of(keys));
            schema.Add("x-kubernetes-list-type", "map");
        }
    }

    private void AddScalar(Fields schema, TypeRef type)
    {
        var (name, format) = type.Shape switch
        {
            Shape.Boolean => ("boolean", null),
            Shape.Byte or Shape.SByte or Shape.Int16 or Shape.UInt16 => ("integer", null),
            Shape.Int32 => ("integer", "int32"),
            Shape.UInt32 or Shape.Int64 => ("integer", "int64"),
            Shape.Single or Shape.Double => ("number", null),
            Shape.Time or Shape.TimeOffset or Shape.MicroTime => ("string", "date-time"),
            Shape.Date => ("string", "date"),
            Shape.Bytes => ("string", "byte"),
            Shape.Uri => ("string", "uri"),
            Shape.Guid => ("string", "uuid"),
            Shape.JsonObject or Shape.Record => ("object", null),
            Shape.IntOrString or Shape.Quantity or Shape.RawJson or Shape.JsonNode => (null, null),
            _ => ("string", (string?)null),
        };
        schema.Add("type", name);
        schema.Add("format", format);
        switch (type.Shape)
        {
            case Shape.IntOrString or Shape.Quantity:
                schema.Add("anyOf", Sequence.Of(new Fields { { "type", "integer" } }, new Fields { { "type", "string" } }));
                schema.Add("x-kubernetes-int-or-string", true);
                schema.Add("pattern", type.Shape == Shape.Quantity ? QuantityPattern : null);
                break;
            case Shape.Duration:
                schema.Add("pattern", DurationPattern);
                break;
            case Shape.RawJson or Shape.JsonNode or Shape.JsonObject:
                schema.Add("x-kubernetes-preserve-unknown-fields", true);
                break;
            case Shape.Enum:
                schema.Add("enum", Sequence.Of(model.Type(type.Name).Values.Select(static v => v.Text)));
                break;
            case Shape.Record:
                schema.Add("properties", Metadata());
                break;
        }
    }

    /// <summary>The metadata that an embedded object may carry; a bare object would lose all of it to pruning.</summary>
    private static Fields Metadata()
    {
        var text = new Fields { { "type", "string" } };
        var map = new Fields { { "additionalProperties", text }, { "type", "object" } };
        return new Fields
        {
            { "annotations", map },
            { "finalizers", new Fields { { "items", text }, { "type", "array" } } },
            { "labels", map },
            { "name", text },
            { "namespace", text },
        };
    }

    private static void AddConstraints(Fields schema, TypeRef type, Constraints constraints)
    {
        var (least, most) = type.Shape switch
        {
            Shape.List or Shape.Set => ("minItems", "maxItems"),
            Shape.Dictionary or Shape.Record => ("minProperties", "maxProperties"),
            _ => ("minLength", "maxLength"),
        };
        schema.Add(least, constraints.MinLength is { } min ? min : null);
        schema.Add(most, constraints.MaxLength is { } max ? max : null);
        schema.Add("minimum", Number(constraints.Minimum));
        schema.Add("maximum", Number(constraints.Maximum));
        schema.AddIf("exclusiveMinimum", constraints.ExclusiveMinimum);
        schema.AddIf("exclusiveMaximum", constraints.ExclusiveMaximum);
        schema.Add("multipleOf", Number(constraints.MultipleOf));
        schema.Add("pattern", constraints.Pattern);
        if (type.Shape is not (Shape.Bytes or Shape.Uri or Shape.Guid))
            schema.Add("format", constraints.Format);
        if (type.Shape != Shape.Enum)
            schema.Add("enum", constraints.Allowed.Count > 0 ? new Sequence(constraints.Allowed) : null);
        schema.AddIf("nullable", constraints.Nullable);
        schema.AddIf("x-kubernetes-embedded-resource", constraints.EmbeddedResource);
        schema.AddIf("x-kubernetes-preserve-unknown-fields", constraints.PreserveUnknown && type.Shape is not (Shape.RawJson or Shape.JsonNode or Shape.JsonObject));
        schema.Add("x-kubernetes-map-type", constraints.Atomic && type.Shape is Shape.Dictionary or Shape.Record ? "atomic" : null);
    }

    private static Mapping? Docs(ExternalDocs? docs) => docs is null ? null : new Fields { { "description", docs.Description }, { "url", docs.Url } }.ToMapping();

    private static Node? Number(decimal? value) => value is { } number ? Node.Number(number.ToString("0.############################", CultureInfo.InvariantCulture)) : null;

    private static Sequence? Rules(IReadOnlyList<Rule> rules) => rules.Count == 0 ? null : Sequence.Of([.. rules.Select(static r => (Node)new Fields
    {
        { "fieldPath", r.FieldPath },
        { "message", r.Message },
        { "messageExpression", r.MessageExpression },
        { "optionalOldSelf", r.OptionalOldSelf ? true : null },
        { "reason", r.Reason },
        { "rule", r.Expression },
    })]);

    private static bool IsMetadata(TypeRef type) => type.Name == "global::OperatorKit.Models.V1ObjectMeta";
}
