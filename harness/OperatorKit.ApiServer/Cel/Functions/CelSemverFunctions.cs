using System.Globalization;
using System.Text.RegularExpressions;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Semantic versions.</summary>
internal static partial class CelSemverFunctions
{
    private const string Type = "kubernetes.Semver";

    public static IEnumerable<CelFunction> Functions =>
    [
        Global("semver", $"string -> {Type}", static a => Parse((string)a[0], normalize: false) ?? throw NoVersion(a[0])),
        Global("semver", $"string, bool -> {Type}", static a => Parse((string)a[0], (bool)a[1]) ?? throw NoVersion(a[0])),
        Global("isSemver", "string -> bool", static a => Parse((string)a[0], normalize: false) is not null),
        Global("isSemver", "string, bool -> bool", static a => Parse((string)a[0], (bool)a[1]) is not null),
        Member("major", $"{Type} -> int", static a => ((CelSemver)a[0]).Major),
        Member("minor", $"{Type} -> int", static a => ((CelSemver)a[0]).Minor),
        Member("patch", $"{Type} -> int", static a => ((CelSemver)a[0]).Patch),
        Member("isLessThan", $"{Type}, {Type} -> bool", static a => ((CelSemver)a[0]).CompareTo((CelSemver)a[1]) < 0),
        Member("isGreaterThan", $"{Type}, {Type} -> bool", static a => ((CelSemver)a[0]).CompareTo((CelSemver)a[1]) > 0),
        Member("compareTo", $"{Type}, {Type} -> int", static a => (long)Math.Sign(((CelSemver)a[0]).CompareTo((CelSemver)a[1]))),
    ];

    private static CelException NoVersion(object given) => new(Problem((string)given));

    /// <summary>What is wrong with a version, in the words of the parser that the real server uses.</summary>
    private static string Problem(string text)
    {
        if (text.Length == 0)
            return "Version string empty";
        var parts = text.Split('.', 3);
        if (parts.Length < 3)
            return "No Major.Minor.Patch elements found";
        parts[2] = parts[2].Split('-', '+')[0];
        foreach (var (name, part) in ((string[])["major", "minor", "patch"]).Zip(parts))
        {
            if (part.Length == 0 || !part.All(char.IsAsciiDigit))
                return $"Invalid character(s) found in {name} number \"{part}\"";
            if (part.Length > 1 && part[0] == '0')
                return $"{char.ToUpperInvariant(name[0])}{name[1..]} number must not contain leading zeroes \"{part}\"";
        }

        return $"Invalid character(s) found in prerelease \"{text}\"";
    }

    private static CelSemver? Parse(string text, bool normalize)
    {
        if (normalize)
            text = Normalized(text);
        var match = Version().Match(text);
        if (!match.Success)
            return null;
        return long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && long.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && long.TryParse(match.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var patch)
            ? new CelSemver(major, minor, patch, match.Groups[4].Value)
            : null;
    }

    // v1.02 is taken for 1.2.0.
    private static string Normalized(string text)
    {
        text = text.TrimStart('v');
        var end = text.AsSpan().IndexOfAny('-', '+') is var at and >= 0 ? at : text.Length;
        var parts = text[..end].Split('.').Select(static part => part.TrimStart('0') is { Length: > 0 } digits ? digits : "0").ToList();
        while (parts.Count < 3)
            parts.Add("0");
        return string.Join('.', parts) + text[end..];
    }

    [GeneratedRegex(@"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Version();

    private sealed record CelSemver(long Major, long Minor, long Patch, string PreRelease) : ICelOpaque, IComparable<CelSemver>
    {
        public string TypeName => Type;

        public int CompareTo(CelSemver? other)
        {
            var order = (Major, Minor, Patch).CompareTo((other!.Major, other.Minor, other.Patch));
            if (order != 0 || PreRelease == other.PreRelease)
                return order;
            if (PreRelease.Length == 0 || other.PreRelease.Length == 0)
                return PreRelease.Length == 0 ? 1 : -1;
            var (mine, theirs) = (PreRelease.Split('.'), other.PreRelease.Split('.'));
            return mine.Zip(theirs).Select(static pair => Compare(pair.First, pair.Second)).FirstOrDefault(static part => part != 0, mine.Length.CompareTo(theirs.Length));
        }

        private static int Compare(string left, string right) =>
            (ulong.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var l), ulong.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var r)) switch
            {
                (true, true) => l.CompareTo(r),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(left, right),
            };
    }
}
