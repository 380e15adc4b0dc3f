using System;
using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Imports;

/// <summary>Reads CustomResourceDefinitions out of YAML or JSON. Whatever the file says, what comes out are names and types that C# has.</summary>
internal static class DefinitionReader
{
    /// <summary>Reads all served versions of all definitions of a file.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="space">The namespace of the user's choice; empty takes the group's name.</param>
    public static ImportedFile Read(string path, string text, string space)
    {
        try
        {
            var kinds = YamlReader.Read(text).SelectMany(Documents).Where(IsDefinition).SelectMany(d => Kinds((Mapping)d["spec"]!, space)).ToEquatableArray();
            return kinds.Count > 0
                ? new ImportedFile(path, kinds, null, 0)
                : new ImportedFile(path, [], "it holds no CustomResourceDefinition of apiextensions.k8s.io/v1 with a served version", 0);
        }
        catch (YamlException problem)
        {
            return new ImportedFile(path, [], problem.Message, problem.Line);
        }
    }

    public static string? TextOf(Node? node) => node is Scalar scalar ? scalar.Value : null;

    private static IEnumerable<Mapping> Documents(Node document) => document switch
    {
        Mapping list when TextOf(list["kind"])?.EndsWith("List", StringComparison.Ordinal) == true && list["items"] is Sequence items => items.Items.OfType<Mapping>(),
        Mapping mapping => [mapping],
        _ => [],
    };

    private static bool IsDefinition(Mapping document)
        => TextOf(document["kind"]) == "CustomResourceDefinition" && TextOf(document["apiVersion"]) == "apiextensions.k8s.io/v1" && document["spec"] is Mapping;

    private static IEnumerable<ImportedDefinition> Kinds(Mapping spec, string space)
    {
        if (TextOf(spec["group"]) is not { } group || spec["names"] is not Mapping names || TextOf(names["kind"]) is not { } kind || TextOf(names["plural"]) is not { } plural)
            throw new YamlException("a definition has no spec.group, spec.names.kind or spec.names.plural", 0);
        foreach (var version in spec["versions"] is Sequence versions ? versions.Items.OfType<Mapping>() : [])
        {
            if (TextOf(version["served"]) == "false" || TextOf(version["name"]) is not { } name)
                continue;
            var subresources = version["subresources"] as Mapping;
            var imported = new ImportedKind($"{Namespace(space, group)}.{Identifiers.Pascal(name)}", Identifiers.Kind(kind))
            {
                Group = group,
                Version = name,
                Kind = kind,
                Plural = plural,
                IsClusterScoped = TextOf(spec["scope"]) == "Cluster",
                HasStatus = subresources?["status"] is not null,
                HasScale = subresources?["scale"] is not null,
            };
            yield return new ImportedDefinition(imported, (version["schema"] as Mapping)?["openAPIV3Schema"] as Mapping ?? Mapping.Empty);
        }
    }

    private static string Namespace(string space, string group)
        => string.Join(".", (space.Length > 0 ? space.Split('.') : [group]).Select(Identifiers.Pascal));
}
