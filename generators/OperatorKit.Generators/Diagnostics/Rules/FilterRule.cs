using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FilterRule : HookRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0063",
        "Filter cannot be read",
        "The filter cannot be read: {0}",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: ResourceRule.HelpLink + "OPK0063.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
