using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RetypedMemberRule : BaselineRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0041",
        "Member has another type than in the baseline",
        "{0} breaks users of this version: {1}; keep the type, or make a new version",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: ResourceRule.HelpLink + "OPK0041.md");

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override IEnumerable<(string Path, string Text)> Problems(Mapping definition, Mapping? before, ResourceModel after)
        => SchemaComparison.Compare((before?["schema"] as Mapping)?["openAPIV3Schema"], new OpenApiSchema(after).Root())
            .Where(static c => c.Kind == BreakKind.Retyped)
            .Select(static c => (c.Path, c.Text));
}
