using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RemovedMemberRule : BaselineRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0040",
        "Member of the baseline is gone",
        "{0} breaks users of this version: {1}; keep it, or make a new version",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: ResourceRule.HelpLink + "OPK0040.md");

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override IEnumerable<(string Path, string Text)> Problems(Mapping definition, Mapping? before, ResourceModel after)
        => SchemaComparison.Compare((before?["schema"] as Mapping)?["openAPIV3Schema"], new OpenApiSchema(after).Root())
            .Where(static c => c.Kind == BreakKind.Removed)
            .Select(static c => (c.Path, c.Text));
}
