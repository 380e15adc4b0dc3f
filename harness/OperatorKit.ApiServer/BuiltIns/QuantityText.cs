using System.Globalization;
using System.Numerics;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>
/// Quantities in canonical form: no fraction, the largest suffix that keeps the number whole, nothing finer than nano.
/// See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
/// </summary>
internal static class QuantityText
{
    private const string FormatError = @"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private const string SuffixError = "unable to parse quantity's suffix";

    /// <summary>Nobody needs more digits, and arithmetic on very many takes long.</summary>
    private const int MaximumLength = 1_000;

    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    /// <summary>The canonical text, or null where the value is neither text nor a number.</summary>
    /// <exception cref="DecodingException">The text is no quantity.</exception>
    public static JsonString? Canonical(JsonValue value) => value switch
    {
        JsonString text => new JsonString(Write(Parse(text.Value.Trim()))),
        JsonNumber number => new JsonString(Write(Parse(number.Token))),
        _ => null,
    };

    /// <summary>The value in nano-units, for comparison.</summary>
    /// <exception cref="DecodingException">The text is no quantity.</exception>
    public static BigInteger Nanos(string text) => Parse(text).Nanos;

    /// <summary>The sum in canonical form, with the suffixes of the first that is not zero.</summary>
    /// <exception cref="DecodingException">One of them is no quantity.</exception>
    public static string Add(string left, string right)
    {
        var (first, second) = (Parse(left), Parse(right));
        return Write(new Quantity(first.Nanos + second.Nanos, first.Nanos.IsZero ? second.Form : first.Form));
    }

    /// <summary>The difference in canonical form, with the suffixes of the first that is not zero.</summary>
    /// <exception cref="DecodingException">One of them is no quantity.</exception>
    public static string Subtract(string left, string right)
    {
        var (first, second) = (Parse(left), Parse(right));
        return Write(new Quantity(first.Nanos - second.Nanos, first.Nanos.IsZero ? second.Form : first.Form));
    }

    private static Quantity Parse(string text)
    {
        if (text.Length > MaximumLength)
            throw new DecodingException(FormatError);
        var digits = text.TakeWhile(static (c, i) => char.IsAsciiDigit(c) || c == '.' || (i == 0 && c is '+' or '-')).Count();
        var number = text[..digits];
        var suffix = text[digits..];
        if (!number.Any(char.IsAsciiDigit) || number.Count(static c => c == '.') > 1 || !HasSuffixForm(suffix))
            throw new DecodingException(FormatError);

        var dot = number.IndexOf('.');
        var scale = dot < 0 ? 0 : dot - number.Length + 1;
        var mantissa = BigInteger.Parse(number.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (Array.IndexOf(Binary, suffix) is var binary and > 0)
            return new Quantity(Scaled(mantissa * BigInteger.Pow(1024, binary), scale + 9), Form.Binary);
        if (suffix.Length > 1 && suffix[0] is 'e' or 'E' && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            return new Quantity(Scaled(mantissa, (int)Math.Clamp((long)scale + exponent + 9, -2 * MaximumLength, 2 * MaximumLength)), Form.Exponent);
        return Array.IndexOf(Decimal, suffix) is var power and >= 0
            ? new Quantity(Scaled(mantissa, scale + ((power - 3) * 3) + 9), Form.Decimal)
            : throw new DecodingException(SuffixError);
    }

    private static bool HasSuffixForm(string suffix)
    {
        var letters = suffix.TakeWhile(static c => "eEinumkKMGTP".Contains(c, StringComparison.Ordinal)).Count();
        var rest = suffix[letters..];
        if (rest is ['+' or '-', ..])
            rest = rest[1..];
        return rest.All(char.IsAsciiDigit);
    }

    /// <summary>mantissa * 10^exponent, rounded away from zero.</summary>
    private static BigInteger Scaled(BigInteger mantissa, int exponent)
    {
        if (exponent >= 0)
            return mantissa * BigInteger.Pow(10, exponent);
        var quotient = BigInteger.DivRem(mantissa, BigInteger.Pow(10, -exponent), out var remainder);
        return remainder.IsZero ? quotient : quotient + mantissa.Sign;
    }

    private static string Write(Quantity quantity)
    {
        if (quantity.Nanos.IsZero)
            return "0";
        var one = BigInteger.Pow(10, 9);
        // Binary suffixes are for whole numbers; anything else would lose what is behind the point.
        if (quantity.Form == Form.Binary && BigInteger.Abs(quantity.Nanos) >= 1024 * one && quantity.Nanos % one == 0)
        {
            var (number, power) = Reduced(Scaled(quantity.Nanos, -9), 1024, Binary.Length - 1);
            return number.ToString(CultureInfo.InvariantCulture) + Binary[power];
        }

        var (value, thousands) = Reduced(quantity.Nanos, 1000, Decimal.Length - 1);
        var exponent = (thousands - 3) * 3;
        var suffix = quantity.Form != Form.Exponent ? Decimal[thousands] : exponent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"e{exponent}");
        return value.ToString(CultureInfo.InvariantCulture) + suffix;
    }

    private static (BigInteger Number, int Power) Reduced(BigInteger number, int radix, int limit)
    {
        var power = 0;
        while (power < limit)
        {
            var quotient = BigInteger.DivRem(number, radix, out var remainder);
            if (!remainder.IsZero)
                break;
            number = quotient;
            power++;
        }

        return (number, power);
    }

    private readonly record struct Quantity(BigInteger Nanos, Form Form);

    private enum Form
    {
        Decimal,
        Binary,
        Exponent,
    }
}
