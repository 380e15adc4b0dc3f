using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ScaleRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0014",
        "Scale subresource is incomplete",
        "{0} needs {1}: the scale subresource reads both",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0014.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
