using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CelCostRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0024",
        "CEL rule may cost too much",
        "By the API server's estimate {0} may cost {1}; it refuses definitions above {2}: give the strings, lists and dictionaries that are gone through, and those around them, a [MaxLength]",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
