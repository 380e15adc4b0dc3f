using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SetterRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0019",
        "Member cannot be read back",
        "{0} has no public setter, so that it is left out of the schema and the JSON; add '{{ get; init; }}', or [JsonIgnore] if that is meant",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
