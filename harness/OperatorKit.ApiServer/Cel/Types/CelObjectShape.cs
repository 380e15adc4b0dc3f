using System.Collections.Immutable;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>The fields that an expression sees of an object with a structural schema.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="IsResource">Whether it is a whole resource, whose apiVersion, kind and name are always there.</param>
internal sealed record CelObjectShape(StructuralSchema Schema, bool IsResource)
{
    private static readonly StructuralSchema Text = new() { Type = SchemaType.String };

    private static readonly StructuralSchema Metadata = new()
    {
        Type = SchemaType.Object,
        Properties = [new StructuralProperty("name", Text), new StructuralProperty("generateName", Text)],
    };

    private ImmutableDictionary<string, CelField>? _fields;

    /// <summary>The fields by the names that expressions give them.</summary>
    public ImmutableDictionary<string, CelField> Fields => _fields ??= Build();

    private ImmutableDictionary<string, CelField> Build()
    {
        var fields = ImmutableDictionary.CreateBuilder<string, CelField>(StringComparer.Ordinal);
        foreach (var property in Schema.Properties)
        {
            if (CelFieldNames.Escape(property.Name) is { } name && CelSchemaType.Of(property.Schema) is { } type)
                fields[name] = new CelField(property.Name, property.Schema, type);
        }

        if (IsResource)
        {
            fields["apiVersion"] = new CelField("apiVersion", Text, CelType.String);
            fields["kind"] = new CelField("kind", Text, CelType.String);
            fields["metadata"] = new CelField("metadata", Metadata, CelSchemaType.Of(Metadata)!);
        }

        return fields.ToImmutable();
    }
}

/// <summary>A field: its name in JSON, its schema, and its type in expressions.</summary>
internal sealed record CelField(string JsonName, StructuralSchema Schema, CelType Type);
