using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class JsonNameRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0012",
        "Two members have the same JSON name",
        "{0} and {1} are both '{2}' in JSON; give one of them a [JsonPropertyName]",
        DiagnosticSeverity.Error);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
