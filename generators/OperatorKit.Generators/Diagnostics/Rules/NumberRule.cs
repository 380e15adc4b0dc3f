using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NumberRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0017",
        "Number type does not fit JSON integers",
        "{0} is a {1}, which OpenAPI cannot hold; use long, Quantity or string",
        DiagnosticSeverity.Error);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
