using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RoleRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0021",
        "Attribute does not fit the member",
        "[{0}] cannot be on {1}: it belongs on {2}",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0021.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
