using System.IO.Enumeration;

namespace OperatorKit.Watching;

/// <summary>Which namespaces to watch: names, patterns as in <c>team-*</c>, and exclusions as in <c>!kube-*</c>. None is all.</summary>
internal sealed class NamespaceSet
{
    private readonly string[] _wanted;
    private readonly string[] _excluded;

    public NamespaceSet(IEnumerable<string> parts)
    {
        var distinct = parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Text = string.Join(',', distinct);
        _wanted = [.. distinct.Where(static part => !part.StartsWith('!'))];
        _excluded = [.. distinct.Where(static part => part.StartsWith('!')).Select(static part => part[1..])];
    }

    /// <summary>The parts in order: sets with the same text are the same.</summary>
    public string Text { get; }

    /// <summary>Whether the names can only be told by looking at the namespaces that there are.</summary>
    public bool IsPattern => _excluded.Length > 0 || Array.Exists(_wanted, static part => part.AsSpan().ContainsAny('*', '?'));

    /// <summary>The names, where there are no patterns.</summary>
    public IReadOnlyList<string> Names => _wanted;

    public bool Contains(string name)
    {
        return (_wanted.Length == 0 || Array.Exists(_wanted, Matches)) && !Array.Exists(_excluded, Matches);

        bool Matches(string pattern) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
    }
}
