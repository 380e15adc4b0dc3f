using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace OperatorKit.Models;

/// <summary>The text of quantities: a signed decimal number and a suffix.</summary>
internal static class QuantityText
{
    // No amount needs more; a longer text is a mistake or an attack.
    private const int LongestText = 128;
    private const int LargestExponent = 40;
    private const int NanoDigits = 9;

    // Nine digits, a shift by 60 bits and nine more digits fit in 127 bits, as do nine digits and 27 more.
    private const int SmallDigits = 9;
    private const int SmallPower = 27;
    private const string BinarySuffixes = "KMGTPE";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity result)
    {
        result = default;
        if (text.Length is 0 or > LongestText)
            return false;
        var negative = text[0] == '-';
        if (text[0] is '-' or '+')
            text = text[1..];

        var end = text.IndexOfAnyExcept(Digits);
        var number = end < 0 ? text : text[..end];
        var point = number.IndexOf('.');
        if (!TrySuffix(end < 0 ? [] : text[end..], out var notation, out var power))
            return false;
        var decimals = point < 0 ? 0 : number.Length - point - 1;
        if (TrySmall(number, point, out var small) && TryScale(small, NanoDigits - decimals, notation, power, out var nanos))
        {
            result = new Quantity(negative ? -nanos : nanos, notation);
            return true;
        }

        if (!TryDigits(number, point, out var digits))
            return false;
        var exact = notation == QuantityNotation.Binary
            ? Scale(digits << power, NanoDigits - decimals)
            : Scale(digits, NanoDigits - decimals + power);
        exact = BigInteger.Min(exact, (BigInteger)long.MaxValue * 1_000_000_000);
        result = new Quantity((Int128)(negative ? -exact : exact), notation);
        return true;
    }

    public static string Format(Quantity value)
    {
        var nanos = value.Nanos;
        if (nanos == 0)
            return "0";
        return value.Notation == QuantityNotation.Binary && nanos % 1_000_000_000 == 0 && Int128.Abs(nanos / 1_000_000_000) >= 1024
            ? FormatBinary(nanos / 1_000_000_000)
            : FormatDecimal(nanos, value.Notation == QuantityNotation.Exponent);
    }

    private static string FormatBinary(Int128 amount)
    {
        var power = 0;
        while (power < BinarySuffixes.Length && amount % 1024 == 0)
        {
            amount /= 1024;
            power++;
        }

        var suffix = power == 0 ? "" : BinarySuffixes[power - 1] + "i";
        return amount.ToString(CultureInfo.InvariantCulture) + suffix;
    }

    private static string FormatDecimal(Int128 nanos, bool withExponent)
    {
        var thousands = 0;
        while (thousands < DecimalSuffixes.Length - 1 && nanos % 1000 == 0)
        {
            nanos /= 1000;
            thousands++;
        }

        var exponent = (thousands * 3) - NanoDigits;
        var digits = nanos.ToString(CultureInfo.InvariantCulture);
        if (!withExponent)
            return digits + DecimalSuffixes[thousands];
        return exponent == 0 ? digits : $"{digits}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    // Nearly all quantities are small, and need no big integers.
    private static bool TrySmall(ReadOnlySpan<char> number, int point, out long digits)
    {
        digits = 0;
        if (number.Length > SmallDigits || number.Length == 0 || (point >= 0 && number.Length == 1))
            return false;
        for (var i = 0; i < number.Length; i++)
        {
            if (number[i] == '.' && i != point)
                return false;
            if (i != point)
                digits = (digits * 10) + (number[i] - '0');
        }

        return true;
    }

    private static bool TryScale(long digits, int decimalPower, QuantityNotation notation, int power, out Int128 nanos)
    {
        nanos = digits;
        if (notation == QuantityNotation.Binary)
            nanos <<= power;
        else
            decimalPower += power;
        if (decimalPower is < 0 or > SmallPower)
            return false;
        for (; decimalPower > 0; decimalPower--)
            nanos *= 10;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> number, int point, out BigInteger digits)
    {
        digits = default;
        if (point < 0)
            return BigInteger.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out digits);
        Span<char> joined = stackalloc char[LongestText];
        number[..point].CopyTo(joined);
        number[(point + 1)..].CopyTo(joined[point..]);
        return BigInteger.TryParse(joined[..(number.Length - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out digits);
    }

    // The power is of two in binary notation and of ten otherwise.
    private static bool TrySuffix(ReadOnlySpan<char> suffix, out QuantityNotation notation, out int power)
    {
        notation = QuantityNotation.Decimal;
        power = 0;
        if (suffix.Length == 2 && suffix[1] == 'i')
        {
            notation = QuantityNotation.Binary;
            power = (BinarySuffixes.IndexOf(suffix[0], StringComparison.Ordinal) + 1) * 10;
            return power > 0;
        }

        if (suffix.Length > 1 && suffix[0] is 'e' or 'E')
        {
            notation = QuantityNotation.Exponent;
            if (!int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
                return false;
            power = Math.Clamp(exponent, -LongestText * 2, LargestExponent);
            return true;
        }

        for (var i = 0; i < DecimalSuffixes.Length; i++)
        {
            if (suffix.SequenceEqual(DecimalSuffixes[i]))
            {
                power = (i * 3) - NanoDigits;
                return true;
            }
        }

        return false;
    }

    private static BigInteger Scale(BigInteger digits, int power)
    {
        if (power >= 0)
            return digits * BigInteger.Pow(10, power);
        var quotient = BigInteger.DivRem(digits, BigInteger.Pow(10, -power), out var remainder);
        return remainder.IsZero ? quotient : quotient + 1;
    }
}
