using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NarrowedMemberRule : BaselineRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0042",
        "Member allows less than in the baseline",
        "{0} breaks users of this version: {1}; allow what was allowed, or make a new version",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: ResourceRule.HelpLink + "OPK0042.md");

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override IEnumerable<(string Path, string Text)> Problems(Mapping definition, Mapping? before, ResourceModel after)
        => SchemaComparison.Compare((before?["schema"] as Mapping)?["openAPIV3Schema"], new OpenApiSchema(after).Root())
            .Where(static c => c.Kind == BreakKind.Narrowed)
            .Select(static c => (c.Path, c.Text));
}
