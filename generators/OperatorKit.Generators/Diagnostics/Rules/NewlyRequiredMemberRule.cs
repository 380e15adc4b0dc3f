using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NewlyRequiredMemberRule : BaselineRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0043",
        "Member is required and was not in the baseline",
        "{0} breaks users of this version: {1}; give it a default, or make it nullable",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: ResourceRule.HelpLink + "OPK0043.md");

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override IEnumerable<(string Path, string Text)> Problems(Mapping definition, Mapping? before, ResourceModel after)
        => SchemaComparison.Compare((before?["schema"] as Mapping)?["openAPIV3Schema"], new OpenApiSchema(after).Root())
            .Where(static c => c.Kind == BreakKind.Required)
            .Select(static c => (c.Path, c.Text));
}
