using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class JsonNameRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "OPK0012",
        "Two members have the same JSON name",
        "{0} and {1} are both '{2}' in JSON; give one of them a [JsonPropertyName]",
        "OperatorKit",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "OPK0012.md");

    protected override DiagnosticDescriptor Rule => Descriptor;
}
