using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Baselines;

/// <summary>The definitions that users have in their clusters: the files that the project names as <c>KubernetesBaseline</c>.</summary>
internal sealed class Baseline
{
    private readonly Dictionary<string, Mapping> _definitions = [];

    /// <summary>Files that cannot be read, and why.</summary>
    public List<(string Path, YamlException Problem)> Unreadable { get; } = [];

    public static Baseline Read(ImmutableArray<AdditionalText> files, AnalyzerConfigOptionsProvider options, CancellationToken cancellationToken)
    {
        var baseline = new Baseline();
        foreach (var file in files)
        {
            if (!options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles.OperatorKitRole", out var role) || role != "Baseline")
                continue;
            try
            {
                foreach (var document in YamlReader.Read(file.GetText(cancellationToken)?.ToString() ?? ""))
                    baseline.Add(document);
            }
            catch (YamlException problem)
            {
                baseline.Unreadable.Add((file.Path, problem));
            }
        }

        return baseline;
    }

    public bool IsEmpty => _definitions.Count == 0;

    /// <summary>The spec of a definition by its name, as in <c>simpleapps.example.com</c>.</summary>
    public Mapping? Definition(string name) => _definitions.TryGetValue(name, out var found) ? found : null;

    /// <summary>A version of a definition.</summary>
    public static Mapping? Version(Mapping definition, string name)
        => Versions(definition).FirstOrDefault(v => Text(v["name"]) == name);

    public static IEnumerable<Mapping> Versions(Mapping definition) => definition["versions"] is Sequence versions ? versions.Items.OfType<Mapping>() : [];

    public static string? Text(Node? node) => node is Scalar scalar ? scalar.Value : null;

    private void Add(Node document)
    {
        if (document is Mapping mapping && Text(mapping["kind"]) == "CustomResourceDefinition"
            && mapping["metadata"] is Mapping metadata && Text(metadata["name"]) is { } name && mapping["spec"] is Mapping spec)
        {
            _definitions[name] = spec;
        }
    }
}
