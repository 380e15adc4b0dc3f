using System;
using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>All versions of a kind, which make one definition.</summary>
/// <param name="Versions">The versions, by name.</param>
internal sealed record KindModel(EquatableArray<ResourceModel> Versions)
{
    /// <summary>Groups records by what they define; a kind without exactly one storage version is left out, which is a diagnostic.</summary>
    public static IEnumerable<KindModel> Group(IEnumerable<ResourceModel> resources) => resources
        .GroupBy(static r => r.QualifiedName)
        .OrderBy(static g => g.Key, StringComparer.Ordinal)
        .Where(static g => g.Count(static r => r.IsStorage) == 1)
        .Select(static g => new KindModel(g.OrderBy(static r => r.Version, StringComparer.Ordinal).ToEquatableArray()));

    /// <summary>The records of kinds that are left out.</summary>
    public static IEnumerable<ResourceModel> WithoutDefinition(IEnumerable<ResourceModel> resources) => resources
        .GroupBy(static r => r.QualifiedName)
        .Where(static g => g.Count(static r => r.IsStorage) != 1)
        .SelectMany(static g => g);

    public ResourceModel Storage => Versions.FirstOrDefault(static v => v.IsStorage) ?? Versions[0];
}

/// <summary>Writes the CustomResourceDefinition of a kind.</summary>
internal static class CustomResourceDefinition
{
    /// <param name="kind">The kind.</param>
    /// <param name="converter">The operator that converts between its versions; null where nobody has to.</param>
    public static Node Of(KindModel kind, OperatorOptions? converter = null)
    {
        var main = kind.Storage;
        return new Fields
        {
            { "apiVersion", "apiextensions.k8s.io/v1" },
            { "kind", "CustomResourceDefinition" },
            {
                "metadata", new Fields
                {
                    { "name", main.QualifiedName },
                    { "labels", Pairs(main.Labels) },
                    { "annotations", Pairs(main.Annotations) },
                }
            },
            {
                "spec", new Fields
                {
                    { "conversion", converter is null ? null : WebhookManifest.Conversion(converter).ToMapping() },
                    { "group", main.Group },
                    { "names", Names(main) },
                    { "scope", main.IsClusterScoped ? "Cluster" : "Namespaced" },
                    { "versions", Sequence.Of([.. kind.Versions.Select(Version)]) },
                }
            },
        };
    }

    private static Fields Names(ResourceModel model) => new()
    {
        { "categories", Texts(model.Categories) },
        { "kind", model.Kind },
        { "listKind", model.Kind + "List" },
        { "plural", model.Plural },
        { "shortNames", Texts(model.ShortNames) },
        { "singular", model.Singular },
    };

    private static Node Version(ResourceModel model) => new Fields
    {
        { "additionalPrinterColumns", Sequence.Of([.. model.Columns.Select(Column)]) },
        { "deprecated", model.IsDeprecated ? true : null },
        { "deprecationWarning", model.DeprecationWarning },
        { "name", model.Version },
        { "schema", new Fields { { "openAPIV3Schema", new OpenApiSchema(model).Root() } } },
        { "selectableFields", model.SelectableFields.Count > 0 ? Sequence.Of([.. model.SelectableFields.Select(static p => (Node)new Fields { { "jsonPath", p } })]) : null },
        { "served", model.IsServed },
        { "storage", model.IsStorage },
        { "subresources", Subresources(model) },
    };

    private static Node Column(PrinterColumn column) => new Fields
    {
        { "description", column.Description },
        { "format", column.Format },
        { "jsonPath", column.JsonPath },
        { "name", column.Name },
        { "priority", column.Priority == 0 ? null : (long)column.Priority },
        { "type", column.Type },
    };

    private static Mapping? Subresources(ResourceModel model)
    {
        var fields = new Fields();
        if (model.Scale is { } scale)
        {
            fields.Add("scale", new Fields
            {
                { "labelSelectorPath", scale.Selector },
                { "specReplicasPath", scale.Replicas },
                { "statusReplicasPath", scale.StatusReplicas },
            });
        }

        if (model.Status is not null)
            fields.Add("status", Mapping.Empty);
        return fields.Count > 0 ? fields.ToMapping() : null;
    }

    private static Mapping? Pairs(EquatableArray<Pair> pairs)
    {
        if (pairs.Count == 0)
            return null;
        var fields = new Fields();
        foreach (var pair in pairs)
            fields.Add(pair.Key, pair.Value);
        fields.Sort();
        return fields.ToMapping();
    }

    private static Sequence? Texts(EquatableArray<string> texts) => texts.Count == 0 ? null : Sequence.Of(texts);
}
