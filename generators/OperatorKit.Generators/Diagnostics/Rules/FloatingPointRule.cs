using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FloatingPointRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0016",
        "Floating point in an API",
        "{0} is a {1}: floating point does not survive round trips between languages; use an integer in a smaller unit, or Quantity",
        "OperatorKit",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0016.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
