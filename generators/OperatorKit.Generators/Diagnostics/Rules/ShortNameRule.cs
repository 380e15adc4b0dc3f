using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ShortNameRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0029",
        "Short name belongs to a built-in kind",
        "'{0}' is the short name of {1}: 'kubectl get {0}' shows that kind and not {2}",
        "OperatorKit",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0029.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
