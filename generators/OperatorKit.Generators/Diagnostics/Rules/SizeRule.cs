using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SizeRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0026",
        "Definition is close to the size limit",
        "The definition of {0} has {1} bytes; 'kubectl apply' without '--server-side' fails at {2}: shorten descriptions or split the kind",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
