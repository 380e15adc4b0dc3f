using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class MemberTypeRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0007",
        "Member type has no schema",
        "{0} is of type {1}, which has no schema: {2}",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0007.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
