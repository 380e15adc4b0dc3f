using System.Globalization;
using System.Net;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The formats of texts inside built-in kinds. Each check gives the problems in kube-apiserver's words.</summary>
internal static class Formats
{
    private const string ConfigKeyProblem = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    private const string HeaderProblem = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
    private const string WildcardProblem = "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    public static IEnumerable<string> PortName(string text)
    {
        if (text.Length > 15)
            yield return "must be no more than 15 characters";
        if (text.Length == 0 || !text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            yield return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
        if (!text.Any(char.IsAsciiLetterLower))
            yield return "must contain at least one letter (a-z)";
        if (text.Contains("--", StringComparison.Ordinal))
            yield return "must not contain consecutive hyphens";
        if (text.StartsWith('-') || text.EndsWith('-'))
            yield return "must not begin or end with a hyphen";
    }

    public static IEnumerable<string> ConfigKey(string text)
    {
        if (text.Length > 253)
            yield return "must be no more than 253 characters";
        if (text.Length == 0 || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
            yield return ConfigKeyProblem;
        if (text is "." or "..")
            yield return $"must not be '{text}'";
        else if (text.StartsWith("..", StringComparison.Ordinal))
            yield return "must not start with '..'";
    }

    public static IEnumerable<string> EnvironmentName(string text)
    {
        if (!text.All(static c => c is >= ' ' and <= '~' and not '='))
            yield return "a valid environment variable name must consist only of printable ASCII characters other than '='";
    }

    public static IEnumerable<string> HeaderName(string text)
    {
        if (text.Length == 0 || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            yield return HeaderProblem;
    }

    public static IEnumerable<string> WildcardSubdomain(string text)
    {
        if (text.Length > 253)
            yield return "must be no more than 253 characters";
        if (!text.StartsWith("*.", StringComparison.Ordinal) || NameFormat.Subdomain(text[2..]).Any())
            yield return WildcardProblem;
    }

    public static IEnumerable<string> Address(string text)
    {
        if (ParseAddress(text) is null)
            yield return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
        else if (text.Split('.').Any(static part => part.Length > 1 && part[0] == '0'))
            yield return "must not have leading 0s";
    }

    public static IEnumerable<string> Cidr(string text)
    {
        if (ParseCidr(text) is not { } range)
            yield return "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        else if (!Masked(range).Equals(range.Address))
            yield return "must not have bits set beyond the prefix length";
    }

    public static IPAddress? ParseAddress(string text)
    {
        var isText = text.Contains(':', StringComparison.Ordinal) ? !text.Contains('%', StringComparison.Ordinal) : text.Split('.').Length == 4;
        return isText && IPAddress.TryParse(text, out var address) ? address : null;
    }

    public static (IPAddress Address, int Length)? ParseCidr(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || ParseAddress(text[..slash]) is not { } address || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return null;
        return length <= address.GetAddressBytes().Length * 8 ? (address, length) : null;
    }

    /// <summary>The first address of a range.</summary>
    public static IPAddress Masked((IPAddress Address, int Length) range)
    {
        var bytes = range.Address.GetAddressBytes();
        for (var bit = range.Length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }

    /// <summary>A path below the place it is relative to.</summary>
    public static IEnumerable<string> DescendingPath(string text)
    {
        if (text.StartsWith('/'))
            yield return "must be a relative path";
        foreach (var problem in NoBacksteps(text))
            yield return problem;
    }

    public static IEnumerable<string> NoBacksteps(string text)
    {
        if (text.Split('/').Contains(".."))
            yield return "must not contain '..'";
    }

    /// <summary>A relative path that leaves the names that start with two dots to the kubelet.</summary>
    public static IEnumerable<string> NonReservedPath(string text)
    {
        foreach (var problem in DescendingPath(text))
            yield return problem;
        if (text.StartsWith("..", StringComparison.Ordinal) && !text.StartsWith("../", StringComparison.Ordinal) && text != "..")
            yield return "must not start with '..'";
    }
}
