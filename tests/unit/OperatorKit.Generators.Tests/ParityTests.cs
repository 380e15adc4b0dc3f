using System.Runtime.CompilerServices;
using OperatorKit.Generators.Tests.Compiling;
using YamlDotNet.Serialization;

namespace OperatorKit.Generators.Tests;

/// <summary>Compares what we make of controller-tools' test types with what controller-gen makes of them.</summary>
public sealed class ParityTests
{
    [Theory]
    [InlineData("CronJob", "testdata.kubebuilder.io_cronjobs")]
    [InlineData("Enum", "testdata.kubebuilder.io_enums")]
    [InlineData("ExternalDocs", "testdata.kubebuilder.io_externaldocs")]
    [InlineData("Immutable", "testdata.kubebuilder.io_immutabletypes")]
    [InlineData("OneOf", "testdata.kubebuilder.io_oneofs")]
    [InlineData("Plural", "plural.example.com_testquotas")]
    [InlineData("Versions", "testdata.kubebuilder.io_versionedresources")]
    public void Definitions_differ_from_those_of_controller_gen_only_as_listed(string types, string file)
    {
        var run = GeneratorRun.Of((types + ".cs", File.ReadAllText(Path.Combine(Here(), "Parity", types + ".cs"))));
        run.Warnings().ShouldBeEmpty();
        var ours = Load(run.Manifests()[$"crds/{file}.yaml"]);
        var theirs = Load(File.ReadAllText(Path.Combine(Here(), "Golden", "Parity", types + ".yaml")));
        Golden.Verify(string.Concat(Differences("", theirs, ours).Select(static d => d + "\n")), $"Parity/{types}.differences.txt");
    }

    [Fact]
    public void Roles_are_those_of_controller_gen()
    {
        var run = GeneratorRun.With(File.ReadAllText(Path.Combine(Here(), "Parity", "Rules.cs")), ("OperatorKitName", "manager-role"));
        run.Warnings().ShouldBeEmpty();
        var ours = Roles(run.Manifests()["rbac.yaml"]);
        var theirs = Roles(File.ReadAllText(Path.Combine(Here(), "Golden", "Parity", "controller-gen-role.yaml")));
        foreach (var (name, rules) in theirs)
            string.Join('\n', ours[name].Where(static r => !r.Contains("example.com", StringComparison.Ordinal) && !r.Contains("events.k8s.io", StringComparison.Ordinal))).ShouldBe(string.Join('\n', rules), name);
        ours.Keys.Except(theirs.Keys).ShouldBe(["Role manager-role-system/manager-role-leader-election"]);
    }

    /// <summary>The roles of a manifest by kind, namespace and name, with their rules in order.</summary>
    private static Dictionary<string, List<string>> Roles(string manifest) => manifest.Split("---\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(static d => (Dictionary<object, object?>)Load(d)!)
        .Where(static d => d.ContainsKey("rules"))
        .ToDictionary(
            static d => $"{d["kind"]} {((Dictionary<object, object?>)d["metadata"]!).GetValueOrDefault("namespace")}/{((Dictionary<object, object?>)d["metadata"]!)["name"]}",
            static d => ((List<object?>)d["rules"]!).Select(static r => Show(((Dictionary<object, object?>)r!).OrderBy(static e => (string)e.Key, StringComparer.Ordinal).ToDictionary())).ToList());

    private static object? Load(string yaml) => new DeserializerBuilder().Build().Deserialize<object?>(yaml);

    /// <summary>One line a difference: the path, and what is there with them (-) or with us (+).</summary>
    private static IEnumerable<string> Differences(string path, object? theirs, object? ours)
    {
        if (theirs is IDictionary<object, object?> left && ours is IDictionary<object, object?> right)
        {
            return left.Keys.Union(right.Keys).Select(static k => k.ToString()!).Order(StringComparer.Ordinal)
                .Where(k => k != "description" || path.EndsWith(".externalDocs", StringComparison.Ordinal))
                .SelectMany(k => Differences($"{path}.{k}", left.TryGetValue(k, out var l) ? l : Missing, right.TryGetValue(k, out var r) ? r : Missing));
        }

        if (theirs is IList<object?> before && ours is IList<object?> after)
        {
            return before.All(static b => b is string) && after.All(static a => a is string)
                ? before.Except(after).Select(b => $"- {path}[]: {b}").Concat(after.Except(before).Select(a => $"+ {path}[]: {a}"))
                : Enumerable.Range(0, Math.Max(before.Count, after.Count))
                    .SelectMany(i => Differences($"{path}[{i}]", i < before.Count ? before[i] : Missing, i < after.Count ? after[i] : Missing));
        }

        return Equals(theirs, ours) ? [] : new[] { ("-", theirs), ("+", ours) }.Where(static s => s.Item2 != Missing).Select(s => $"{s.Item1} {path}: {Show(s.Item2)}");
    }

    private static readonly object Missing = new();

    private static string Show(object? value) => value switch
    {
        IDictionary<object, object?> map => "{" + string.Join(", ", map.Select(static e => $"{e.Key}: {Show(e.Value)}")) + "}",
        IList<object?> list => "[" + string.Join(", ", list.Select(Show)) + "]",
        _ => value?.ToString() ?? "null",
    };

    private static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
