using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OperatorKit.ApiServer.Json;

/// <summary>What a YAML scalar means. Only plain scalars without a tag resolve to anything but text.</summary>
internal static partial class YamlScalar
{
    public static JsonValue Resolve(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        return tag switch
        {
            "tag:yaml.org,2002:str" or "tag:yaml.org,2002:binary" => scalar.Value,
            "" when scalar.Style != ScalarStyle.Plain => scalar.Value,
            _ => ResolvePlain(scalar.Value),
        };
    }

    /// <summary>The value of an unquoted scalar.</summary>
    public static JsonValue ResolvePlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JsonNull.Instance,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => JsonBool.True,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => JsonBool.False,
        _ => ResolveNumber(text) ?? JsonValue.From(text),
    };

    private static JsonNumber? ResolveNumber(string text)
    {
        if (text[0] is not ('+' or '-' or '.' or (>= '0' and <= '9')))
            return null;
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (Integer(plain) is { } integer)
            return integer;
        return Float().IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? (JsonNumber)JsonValue.From(number)
            : null;
    }

    private static JsonNumber? Integer(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text.TrimStart('+', '-');
        if (digits.Length == 0 || text.Length - digits.Length > 1)
            return null;
        var (radix, body) = digits switch
        {
            _ when digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) => (16, digits[2..]),
            _ when digits.StartsWith("0b", StringComparison.OrdinalIgnoreCase) => (2, digits[2..]),
            _ when digits.StartsWith("0o", StringComparison.OrdinalIgnoreCase) => (8, digits[2..]),
            ['0', _, ..] => (8, digits[1..]),
            _ => (10, digits),
        };
        Int128 value = 0;
        foreach (var c in body)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || value > ulong.MaxValue)
                return null;
            value = (value * radix) + digit;
        }

        return body.Length == 0 || value > ulong.MaxValue ? null : new JsonNumber((negative ? -value : value).ToString(CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Float();
}
