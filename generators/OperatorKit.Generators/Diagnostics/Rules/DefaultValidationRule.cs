using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DefaultValidationRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0010",
        "Default breaks its own validation",
        "The default of {0} does not pass its own validation: {1}",
        DiagnosticSeverity.Error);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
