using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ShortNameRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0029",
        "Short name belongs to a built-in kind",
        "'{0}' is the short name of {1}: 'kubectl get {0}' shows that kind and not {2}",
        DiagnosticSeverity.Info);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
