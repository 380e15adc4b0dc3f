using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NameRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0005",
        "Resource name is not valid",
        "The {0} \"{1}\" is not {2} of letters, digits and dashes (at most 63)",
        DiagnosticSeverity.Error);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
