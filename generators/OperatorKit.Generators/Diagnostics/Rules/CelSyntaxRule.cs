using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CelSyntaxRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0028",
        "CEL rule cannot be parsed",
        "The rule '{0}' is no CEL: {1}",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0028.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
