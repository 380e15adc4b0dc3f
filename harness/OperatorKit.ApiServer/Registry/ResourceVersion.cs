using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Registry;

/// <summary>One version of a resource.</summary>
internal sealed record ResourceVersion
{
    private readonly Lazy<StructuralSchema>? _schema;

    public ResourceVersion(string name, Func<StructuralSchema> schema)
    {
        Name = name;
        _schema = new Lazy<StructuralSchema>(schema);
    }

    public string Name { get; init; }

    /// <summary>The schema of the whole object, built on first use.</summary>
    public StructuralSchema Schema => _schema!.Value;

    public bool Served { get; init; } = true;

    public bool Storage { get; init; } = true;

    public ImmutableArray<string> Verbs { get; init; } = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Everything that may follow <c>/{name}/</c>.</summary>
    public ImmutableArray<Subresource> Subresources { get; init; } = [];

    /// <summary><c>additionalPrinterColumns</c> of a CRD, as written; null where there are none.</summary>
    public JsonArray? PrinterColumns { get; init; }

    /// <summary>Paths that field selectors may name, beside metadata.name and metadata.namespace: <c>spec.nodeName</c>.</summary>
    public ImmutableArray<string> SelectableFields { get; init; } = [];

    /// <summary>The text of the Warning header of a deprecated version; null where it is not deprecated.</summary>
    public string? DeprecationWarning { get; init; }

    public bool HasStatus => Subresource("status") is not null;

    public Subresource? Subresource(string name)
    {
        foreach (var subresource in Subresources)
        {
            if (string.Equals(subresource.Name, name, StringComparison.Ordinal))
                return subresource;
        }

        return null;
    }
}

/// <summary>A subresource and the kind that it speaks where that is not the resource's own.</summary>
internal sealed record Subresource(string Name, string Kind, ImmutableArray<string> Verbs)
{
    public string? Group { get; init; }

    public string? Version { get; init; }

    /// <summary>For <c>scale</c>: where the replicas stand. Null on every other subresource.</summary>
    public ScalePaths? Scale { get; init; }
}

/// <summary>Dotted paths such as <c>.spec.replicas</c>; the label selector may be absent.</summary>
internal sealed record ScalePaths(string SpecReplicas, string StatusReplicas, string? LabelSelector);
