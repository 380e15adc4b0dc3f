using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Rules;

/// <summary>The compiled rules of a schema and of what is below it, kept with the schema.</summary>
internal sealed class CelSchemaRules
{
    private static readonly ConditionalWeakTable<StructuralSchema, CelSchemaRules> Resources = [];

    private CelSchemaRules(StructuralSchema schema, bool isResource)
    {
        Schema = schema;
        IsResource = isResource;
        Rules = CelRule.Of(schema, isResource);
        Properties = schema.Properties
            .Select(static property => KeyValuePair.Create(property.Name, new CelSchemaRules(property.Schema, property.Schema.EmbeddedResource)))
            .Where(static property => property.Value.Any)
            .ToImmutableDictionary(StringComparer.Ordinal);
        AdditionalProperties = Below(schema.AdditionalProperties);
        Items = Below(schema.Items);
        Any = !Rules.IsEmpty || !Properties.IsEmpty || AdditionalProperties is not null || Items is not null;
    }

    public StructuralSchema Schema { get; }

    public bool IsResource { get; }

    public ImmutableArray<CelRule> Rules { get; }

    /// <summary>The properties that have rules, or have some below them.</summary>
    public ImmutableDictionary<string, CelSchemaRules> Properties { get; }

    public CelSchemaRules? AdditionalProperties { get; }

    public CelSchemaRules? Items { get; }

    /// <summary>Whether there is any rule here or below.</summary>
    public bool Any { get; }

    public static CelSchemaRules For(StructuralSchema resource) => Resources.GetValue(resource, static schema => new CelSchemaRules(schema, isResource: true));

    private static CelSchemaRules? Below(StructuralSchema? schema) =>
        schema is not null && new CelSchemaRules(schema, schema.EmbeddedResource) is { Any: true } rules ? rules : null;
}
