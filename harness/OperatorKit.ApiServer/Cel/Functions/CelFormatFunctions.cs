using System.Collections.Frozen;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Schemas;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Named formats that text can be checked against.</summary>
internal static class CelFormatFunctions
{
    private const string Type = "kubernetes.NamedFormat";

    private static readonly FrozenDictionary<string, CelFormat> Formats = new CelFormat[]
    {
        new("dns1123Label", 30, NameFormat.Label),
        new("dns1123Subdomain", 60, NameFormat.Subdomain),
        new("dns1035Label", 30, NameFormat.Label1035),
        new("qualifiedName", 60, NameFormat.QualifiedName),
        new("dns1123LabelPrefix", 30, static text => NameFormat.Label(text.TrimEnd('-'))),
        new("dns1123SubdomainPrefix", 60, static text => NameFormat.Subdomain(text.TrimEnd('-'))),
        new("dns1035LabelPrefix", 30, static text => NameFormat.Label1035(text.TrimEnd('-'))),
        new("labelValue", 40, NameFormat.LabelValue),
        new("uri", 1103, static text => CelFunctionTable.Overloads("isURL", member: false)[0].Invoke([text]) is true ? [] : ["invalid URI"]),
        new("uuid", 70, static text => StringFormats.IsValid("uuid", text) ? [] : ["does not match the UUID format"]),
        new("byte", 84, static text => StringFormats.IsValid("byte", text) ? [] : ["invalid base64"]),
        new("date", 71, static text => StringFormats.IsValid("date", text) ? [] : ["invalid date"]),
        new("datetime", 71, static text => StringFormats.IsValid("date-time", text) ? [] : ["invalid datetime"]),
    }.ToFrozenDictionary(static format => format.Name);

    public static IEnumerable<CelFunction> Functions =>
    [
        Global("format.named", $"string -> optional({Type})", static a => Formats.TryGetValue((string)a[0], out var format) ? new CelOptional(format) : CelOptional.None),
        .. Formats.Values.Select(static format => Global($"format.{format.Name}", $"-> {Type}", _ => format)),
        Member("validate", $"{Type}, string -> optional(list(string))", static a => ((CelFormat)a[0]).Check((string)a[1]).ToArray() is { Length: > 0 } errors ? new CelOptional(new CelList(errors)) : CelOptional.None),
    ];

    /// <param name="PatternLength">What kube-apiserver takes for the length of the pattern.</param>
    private sealed record CelFormat(string Name, long PatternLength, Func<string, IEnumerable<string>> Check) : ICelOpaque
    {
        public string TypeName => Type;
    }
}
