using YamlDotNet.Core;

namespace OperatorKit.ApiServer.Json;

/// <summary>The wording of Go's YAML parser for the errors of ours.</summary>
internal static class YamlErrorText
{
    public static string Of(YamlException error)
    {
        var text = error.Message;
        if (text.StartsWith("(Line", StringComparison.Ordinal) && text.IndexOf("): ", StringComparison.Ordinal) is var position and > 0)
            text = text[(position + 3)..];
        // Ours names the construct first, "While parsing a block mapping, did not find ...", Go's only says what is missing.
        if (text.StartsWith("While ", StringComparison.OrdinalIgnoreCase) && text.IndexOf(", ", StringComparison.Ordinal) is var comma and > 0)
            text = text[(comma + 2)..];
        text = text.TrimEnd('.');
        if (text.Length > 0)
            text = char.ToLowerInvariant(text[0]) + text[1..];
        // Go counts lines from zero in its parser and from one in its scanner.
        var line = text.StartsWith("did not find expected", StringComparison.Ordinal) ? error.Start.Line - 1 : error.Start.Line;
        return line > 0 ? $"yaml: line {line}: {text}" : $"yaml: {text}";
    }
}
