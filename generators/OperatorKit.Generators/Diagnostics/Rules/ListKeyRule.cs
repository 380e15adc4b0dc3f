using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ListKeyRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0011",
        "List keys are not valid",
        "{0} is a list whose items have the key {1}, but {2}",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0011.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
