using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ImageTagRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0027",
        "Image without a fixed tag",
        "The image '{0}' may be another one tomorrow; name a version or a digest",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
