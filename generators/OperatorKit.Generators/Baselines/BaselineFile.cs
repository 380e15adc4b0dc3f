using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Baselines;

/// <summary>One file of a baseline: the specs of its definitions by name, or what is wrong with it.</summary>
/// <param name="Definitions">Specs by name.</param>
/// <param name="Problem">Why the file protects nothing; null where it does.</param>
/// <param name="Line">The line that is to blame, from zero.</param>
internal sealed record BaselineFile(IReadOnlyDictionary<string, Mapping> Definitions, string? Problem, int Line)
{
    public static BaselineFile Read(string text)
    {
        try
        {
            var definitions = new Dictionary<string, Mapping>();
            foreach (var document in YamlReader.Read(text).OfType<Mapping>())
                Add(definitions, document);
            return new BaselineFile(definitions, definitions.Count > 0 ? null : "it holds no CustomResourceDefinition of apiextensions.k8s.io/v1", 0);
        }
        catch (YamlException problem)
        {
            return new BaselineFile(new Dictionary<string, Mapping>(), problem.Message, problem.Line);
        }
    }

    private static void Add(Dictionary<string, Mapping> definitions, Mapping document)
    {
        if (Baseline.Text(document["kind"]) != "CustomResourceDefinition" || Baseline.Text(document["apiVersion"]) != "apiextensions.k8s.io/v1")
            return;
        if (document["spec"] is not Mapping spec || Baseline.Text(spec["group"]) is not { } group || spec["names"] is not Mapping names || Baseline.Text(names["plural"]) is not { } plural)
            throw new YamlException("a definition has no spec.group or spec.names.plural", 0);
        var name = $"{plural}.{group}";
        if (definitions.ContainsKey(name))
            throw new YamlException($"{name} is there twice", 0);
        definitions.Add(name, spec);
    }
}
