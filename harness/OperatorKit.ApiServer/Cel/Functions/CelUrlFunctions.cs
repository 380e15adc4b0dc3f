using OperatorKit.ApiServer.Cel.Values;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>URLs: absolute ones and absolute paths.</summary>
internal static class CelUrlFunctions
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Global("url", "string -> kubernetes.URL", static a => CelUrl.TryParse((string)a[0]) ?? throw new CelException($"URL parse error during conversion from string: parse \"{a[0]}\": {(((string)a[0]).StartsWith(':') ? "missing protocol scheme" : "invalid URI for request")}")),
        Global("isURL", "string -> bool", static a => CelUrl.TryParse((string)a[0]) is not null),
        Member("getScheme", "kubernetes.URL -> string", static a => ((CelUrl)a[0]).Scheme),
        Member("getHost", "kubernetes.URL -> string", static a => ((CelUrl)a[0]).Host),
        Member("getHostname", "kubernetes.URL -> string", static a => ((CelUrl)a[0]).Hostname),
        Member("getPort", "kubernetes.URL -> string", static a => ((CelUrl)a[0]).Port),
        Member("getEscapedPath", "kubernetes.URL -> string", static a => ((CelUrl)a[0]).Path),
        Member("getQuery", "kubernetes.URL -> map(string, list(string))", static a => ((CelUrl)a[0]).Query()),
    ];

    private sealed record CelUrl(string Scheme, string Host, string Path, string RawQuery) : ICelOpaque
    {
        public string TypeName => "kubernetes.URL";

        public string Hostname => Host.LastIndexOf(':') is var colon && colon > Host.LastIndexOf(']') ? Host[..colon].Trim('[', ']') : Host.Trim('[', ']');

        public string Port => Host.LastIndexOf(':') is var colon && colon > Host.LastIndexOf(']') ? Host[(colon + 1)..] : "";

        public static CelUrl? TryParse(string text)
        {
            if (text.Any(static c => c <= ' ' || c == '\u007f'))
                return null;
            var fragment = text.IndexOf('#', StringComparison.Ordinal);
            var (rest, query) = Cut(fragment < 0 ? text : text[..fragment], '?');
            if (rest.StartsWith('/'))
                return new CelUrl("", "", Escaped(rest), query);
            var colon = rest.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !char.IsAsciiLetter(rest[0]) || !rest[..colon].All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
                return null;
            var scheme = rest[..colon].ToLowerInvariant();
            rest = rest[(colon + 1)..];
            if (!rest.StartsWith("//", StringComparison.Ordinal))
                return new CelUrl(scheme, "", rest.StartsWith('/') ? Escaped(rest) : "", query);
            var slash = rest.IndexOf('/', 2);
            var authority = slash < 0 ? rest[2..] : rest[2..slash];
            var host = authority[(authority.LastIndexOf('@') + 1)..];
            var port = host.LastIndexOf(':') is var at && at > host.LastIndexOf(']') ? host[(at + 1)..] : "";
            if (!port.All(char.IsAsciiDigit) || (host.StartsWith('[') && !host.Contains(']', StringComparison.Ordinal)))
                return null;
            return new CelUrl(scheme, host, slash < 0 ? "" : Escaped(rest[slash..]), query);
        }

        public CelMap Query() => CelMap.Of(RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => Cut(pair, '='))
            .GroupBy(static pair => Unescaped(pair.Before), static pair => (object)Unescaped(pair.After), StringComparer.Ordinal)
            .Select(static group => KeyValuePair.Create<object, object>(group.Key, new CelList([.. group]))));

        private static (string Before, string After) Cut(string text, char at) =>
            text.IndexOf(at, StringComparison.Ordinal) is var index and >= 0 ? (text[..index], text[(index + 1)..]) : (text, "");

        private static string Escaped(string path) => Uri.EscapeDataString(Uri.UnescapeDataString(path)).Replace("%2F", "/", StringComparison.Ordinal);

        private static string Unescaped(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }
}
