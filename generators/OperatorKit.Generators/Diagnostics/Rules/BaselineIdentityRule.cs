using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaselineIdentityRule : BaselineRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0044",
        "Kind is not what it was in the baseline",
        "{0} breaks its users: {1}",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: ResourceRule.HelpLink + "OPK0044.md");

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override IEnumerable<(string Path, string Text)> Problems(Mapping definition, Mapping? before, ResourceModel after)
    {
        var scope = Baseline.Text(definition["scope"]);
        if (scope != (after.IsClusterScoped ? "Cluster" : "Namespaced"))
            yield return ("", $"its scope was {scope}, and the API server lets nobody change that");
        if (definition["names"] is Mapping names && Baseline.Text(names["kind"]) is { } kind && kind != after.Kind)
            yield return ("", $"its kind was {kind}");
        if (before is not null && Baseline.Text(before["served"]) == "true" && !after.IsServed)
            yield return ("", $"version {after.Version} is not served any more");
        if (before is not null && Baseline.Text(before["storage"]) == "true" && !after.IsStorage)
            yield return ("", $"version {after.Version} is not the storage version any more: objects have to be migrated before it may go");
    }
}
