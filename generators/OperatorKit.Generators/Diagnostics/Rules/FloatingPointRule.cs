using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FloatingPointRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0016",
        "Floating point in an API",
        "{0} is a {1}: floating point does not survive round trips between languages; use an integer in a smaller unit, or Quantity",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
