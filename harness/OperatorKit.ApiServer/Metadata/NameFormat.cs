using System.Buffers;

namespace OperatorKit.ApiServer.Metadata;

/// <summary>The formats of names, labels and keys. Each check gives the problem in kube-apiserver's words, or null.</summary>
internal static class NameFormat
{
    private const string LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphanumeric = LowerAlphanumeric + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private const string SubdomainMessage = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string LabelMessage = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string Label1035Message = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private const string QualifiedNameMessage = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private const string LabelValueMessage = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private static readonly SearchValues<char> LabelChars = SearchValues.Create(LowerAlphanumeric + "-");
    private static readonly SearchValues<char> QualifiedChars = SearchValues.Create(Alphanumeric + "-_.");

    public static IEnumerable<string> Subdomain(string text)
    {
        if (text.Length > 253)
            yield return "must be no more than 253 characters";
        if (!text.Split('.').All(static part => IsLabel(part)))
            yield return SubdomainMessage;
    }

    public static IEnumerable<string> Label(string text)
    {
        if (text.Length > 63)
            yield return "must be no more than 63 characters";
        if (text.Contains('.', StringComparison.Ordinal))
            yield return "must not contain dots";
        else if (!IsLabel(text))
            yield return LabelMessage;
    }

    public static IEnumerable<string> Label1035(string text)
    {
        if (text.Length > 63)
            yield return "must be no more than 63 characters";
        if (!IsLabel(text) || !char.IsAsciiLetterLower(text[0]))
            yield return Label1035Message;
    }

    public static IEnumerable<string> PathSegment(string text)
    {
        if (text is "." or "..")
            yield return $"may not be '{text}'";
        foreach (var c in "/%")
        {
            if (text.Contains(c, StringComparison.Ordinal))
                yield return $"may not contain '{c}'";
        }
    }

    /// <summary>An optional DNS prefix, a slash, and a name: label and annotation keys, finalizers.</summary>
    public static IEnumerable<string> QualifiedName(string text)
    {
        var parts = text.Split('/');
        var name = parts[^1];
        if (parts.Length > 2)
        {
            yield return "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            yield break;
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
            {
                yield return "prefix part must be non-empty";
            }
            else
            {
                foreach (var problem in Subdomain(parts[0]))
                    yield return "prefix part " + problem;
            }
        }

        if (name.Length == 0)
            yield return "name part must be non-empty";
        else if (name.Length > 63)
            yield return "name part must be no more than 63 bytes";
        if (!IsQualified(name))
            yield return QualifiedNameMessage;
    }

    public static IEnumerable<string> LabelValue(string text)
    {
        if (text.Length > 63)
            yield return "must be no more than 63 bytes";
        if (text.Length > 0 && !IsQualified(text))
            yield return LabelValueMessage;
    }

    private static bool IsLabel(ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExcept(LabelChars) && text[0] != '-' && text[^1] != '-';

    private static bool IsQualified(ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExcept(QualifiedChars) && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
