using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaselineIdentityRule : BaselineRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0044",
        "Kind is not what it was in the baseline",
        "{0} breaks its users: {1}",
        DiagnosticSeverity.Error);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override IEnumerable<BreakingChange> Problems(Mapping definition, Mapping? before, RecordReading record)
        => Kind(definition, record.Model!).Concat(before is null ? [] : Version(before, record.Model!)).Select(static text => new BreakingChange(BreakKind.Retyped, "", text));

    private static IEnumerable<string> Kind(Mapping definition, ResourceModel after)
    {
        var scope = Baseline.Text(definition["scope"]);
        if (scope != (after.IsClusterScoped ? "Cluster" : "Namespaced"))
            yield return $"its scope was {scope}, and the API server lets nobody change that";
        if (definition["names"] is not Mapping names)
            yield break;
        if (Baseline.Text(names["kind"]) is { } kind && kind != after.Kind)
            yield return $"its kind was {kind}";
        foreach (var name in Texts(names["shortNames"]).Except(after.ShortNames))
            yield return $"its short name {name} is gone";
    }

    private static IEnumerable<string> Version(Mapping before, ResourceModel after)
    {
        if (Baseline.Text(before["served"]) == "true" && !after.IsServed)
            yield return $"version {after.Version} is not served any more";
        if (Baseline.Text(before["storage"]) == "true" && !after.IsStorage)
            yield return $"version {after.Version} is not the storage version any more: objects have to be migrated before it may go";
        var subresources = before["subresources"] as Mapping ?? Mapping.Empty;
        if (subresources["status"] is not null && after.Status is null)
            yield return "it has no status subresource any more";
        if (subresources["status"] is null && after.Status is not null)
            yield return "its status is a subresource now: who writes it with the object writes nothing any more";
        if (subresources["scale"] is not null && after.Scale is null)
            yield return "it cannot be scaled any more";
        var fields = before["selectableFields"] is Sequence selectable ? selectable.Items.OfType<Mapping>().Select(static f => Baseline.Text(f["jsonPath"])) : [];
        foreach (var field in fields.Except(after.SelectableFields))
            yield return $"field selectors cannot select by {field} any more";
    }

    private static IEnumerable<string> Texts(Node? node) => node is Sequence sequence ? sequence.Items.OfType<Scalar>().Select(static s => s.Value) : [];
}
