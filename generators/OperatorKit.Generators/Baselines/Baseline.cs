using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Baselines;

/// <summary>The definitions that users have in their clusters: the files that the project names as <c>KubernetesBaseline</c>.</summary>
internal sealed class Baseline
{
    private const string Role = "build_metadata.AdditionalFiles.OperatorKitRole";

    // All rules of a compilation read a file once and see the same nodes.
    private static readonly ConditionalWeakTable<SourceText, BaselineFile> Known = new();

    private readonly Dictionary<string, Mapping> _definitions = [];

    public bool IsEmpty => _definitions.Count == 0;

    /// <summary>The specs of all definitions by their names.</summary>
    public IReadOnlyDictionary<string, Mapping> Definitions => _definitions;

    public static Baseline Read(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var baseline = new Baseline();
        foreach (var file in Files(options))
            baseline.Add(Read(file, cancellationToken));
        return baseline;
    }

    /// <summary>The files of the baseline.</summary>
    public static IEnumerable<AdditionalText> Files(AnalyzerOptions options)
        => options.AdditionalFiles.Where(f => IsBaseline(options.AnalyzerConfigOptionsProvider.GetOptions(f)));

    public static bool IsBaseline(AnalyzerConfigOptions options) => options.TryGetValue(Role, out var role) && role == "Baseline";

    /// <summary>What a file holds.</summary>
    public static BaselineFile Read(AdditionalText file, CancellationToken cancellationToken)
        => file.GetText(cancellationToken) is { } text ? Known.GetValue(text, static t => BaselineFile.Read(t.ToString())) : BaselineFile.Read("");

    /// <summary>The spec of a definition by its name, as in <c>simpleapps.example.com</c>.</summary>
    public Mapping? Definition(string name) => _definitions.TryGetValue(name, out var found) ? found : null;

    /// <summary>A version of a definition.</summary>
    public static Mapping? Version(Mapping definition, string name)
        => Versions(definition).FirstOrDefault(v => Text(v["name"]) == name);

    public static IEnumerable<Mapping> Versions(Mapping definition) => definition["versions"] is Sequence versions ? versions.Items.OfType<Mapping>() : [];

    public static string? Text(Node? node) => node is Scalar scalar ? scalar.Value : null;

    private void Add(BaselineFile content)
    {
        // A second definition of one name is reported by the rule on files.
        foreach (var definition in content.Definitions)
            _definitions[definition.Key] = definition.Value;
    }
}
