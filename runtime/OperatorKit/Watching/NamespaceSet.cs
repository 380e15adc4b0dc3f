using System.IO.Enumeration;

namespace OperatorKit.Watching;

/// <summary>
/// Which namespaces to watch: names, patterns as in <c>team-*</c>, and exclusions as in <c>!kube-*</c>. Of the parts that match a name the last
/// one decides, as in Kopf; before the first one all are out, or in where that is an exclusion. No part is all.
/// </summary>
internal sealed class NamespaceSet
{
    private readonly string[] _parts;

    public NamespaceSet(IEnumerable<string> parts)
    {
        _parts = [.. parts];
        // Without exclusions the order means nothing.
        if (!Array.Exists(_parts, IsExclusion))
            _parts = [.. _parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Text = string.Join(',', _parts);
        IsPattern = Array.Exists(_parts, static part => IsExclusion(part) || part.AsSpan().ContainsAny('*', '?'));
    }

    /// <summary>The parts: sets with the same text are the same.</summary>
    public string Text { get; }

    /// <summary>Whether the names can only be told by looking at the namespaces that there are.</summary>
    public bool IsPattern { get; }

    /// <summary>The names that can be told without that; none where there are patterns.</summary>
    public IReadOnlyList<string> Names => IsPattern ? [] : _parts;

    public bool Contains(string name)
    {
        var isIn = _parts.Length == 0 || IsExclusion(_parts[0]);
        foreach (var part in _parts)
        {
            var excludes = IsExclusion(part);
            if (FileSystemName.MatchesSimpleExpression(excludes ? part.AsSpan(1) : part, name, ignoreCase: false))
                isIn = !excludes;
        }

        return isIn;
    }

    private static bool IsExclusion(string part) => part.StartsWith('!');
}
