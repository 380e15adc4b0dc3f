namespace OperatorKit.ApiServer.Cel.Syntax;

/// <summary>An expression that is not CEL.</summary>
internal sealed class CelSyntaxException(CelIssue issue) : Exception(issue.Message)
{
    public CelIssue Issue { get; } = issue;
}

/// <summary>Something wrong in an expression, at an offset into its text.</summary>
internal readonly record struct CelIssue(int Position, string Message)
{
    /// <summary>The issue as cel-go prints it, with the line that it is in and a mark below the place.</summary>
    public string Display(string source)
    {
        var position = Math.Min(Position, source.Length);
        var start = position == 0 ? 0 : source.LastIndexOf('\n', position - 1) + 1;
        var end = source.IndexOf('\n', start);
        var line = source.AsSpan(0, start).Count('\n') + 1;
        var column = position - start;
        var text = end < 0 ? source[start..] : source[start..end];
        return FormattableString.Invariant($"ERROR: <input>:{line}:{column + 1}: {Message}\n | {text.Replace("\t", " ", StringComparison.Ordinal)}\n | {new string('.', column)}^");
    }
}
