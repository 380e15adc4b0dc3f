using System.Globalization;
using System.Text.RegularExpressions;

namespace OperatorKit.ApiServer.Discovery;

/// <summary>Kubernetes' order of API versions: v2, v1, v1beta2, v1beta1, v1alpha1, then everything else by name.</summary>
internal sealed partial class VersionOrder : IComparer<string>
{
    public static VersionOrder NewestFirst { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (one, other) = (Rank(x!), Rank(y!));
        if (one is null || other is null)
            return one is null && other is null ? string.CompareOrdinal(x, y) : one is null ? 1 : -1;
        return other.Value.CompareTo(one.Value);
    }

    private static (int Stability, int Major, int Minor)? Rank(string version)
    {
        if (Format().Match(version) is not { Success: true } match)
            return null;
        var stability = match.Groups[2].Value switch
        {
            "alpha" => 0,
            "beta" => 1,
            _ => 2,
        };
        return (stability, Number(match.Groups[1].Value), Number(match.Groups[3].Value));
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^v([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*))?$", RegexOptions.NonBacktracking)]
    private static partial Regex Format();
}
