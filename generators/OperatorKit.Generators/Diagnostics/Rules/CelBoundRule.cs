using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CelBoundRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0024",
        "CEL rule loops over a collection without a bound",
        "The rule '{0}' loops over {1}, which may be of any length: the API server refuses rules that may cost too much; give it a [MaxLength]",
        "OperatorKit",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0024.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
