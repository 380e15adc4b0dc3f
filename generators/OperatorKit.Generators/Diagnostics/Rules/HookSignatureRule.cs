using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HookSignatureRule : HookRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0061",
        "Method cannot be called as its attribute asks",
        "{0} cannot be called: {1}. Write it as, or with less of: {2}.",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: ResourceRule.HelpLink + "OPK0061.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
