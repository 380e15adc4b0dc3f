using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DictionaryKeyRule : ResourceRule
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0018",
        "Dictionary key is not a string",
        "{0} is a dictionary with keys of type {1}; keys of JSON objects are strings",
        DiagnosticSeverity.Error);

    protected override DiagnosticDescriptor Rule => Descriptor;
}
