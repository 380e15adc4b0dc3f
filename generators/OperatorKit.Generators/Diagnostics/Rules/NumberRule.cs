using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NumberRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0017",
        "Number type does not fit JSON integers",
        "{0} is a {1}, which OpenAPI cannot hold; use long, Quantity or string",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0017.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
