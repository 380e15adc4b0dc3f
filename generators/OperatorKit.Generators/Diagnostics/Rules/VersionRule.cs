using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class VersionRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0004",
        "API version is not valid",
        "{0} has {1}; a version is a lower-case label, as in \"v1\", \"v1beta1\" or \"v1alpha1\"",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0004.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
