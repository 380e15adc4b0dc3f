using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>Makes the descriptors of the rules: one category, all on, each with its page.</summary>
internal static class RuleDescriptor
{
    private const string Pages = "https://github.com/operatorkit/operatorkit/blob/main/docs/diagnostics/";

    public static DiagnosticDescriptor Create(string id, string title, string messageFormat, DiagnosticSeverity severity, params string[] customTags)
        => new(id, title, messageFormat, "OperatorKit", severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}{id}.md", customTags: customTags);
}
