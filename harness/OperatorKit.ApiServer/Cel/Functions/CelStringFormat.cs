using System.Globalization;
using System.Text;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Formatting by <c>%s %d %f %e %b %x %X %o</c> and <c>%%</c>.</summary>
internal static class CelStringFormat
{
    private const int MaximumPrecision = 100;

    /// <exception cref="CelException">The format and its arguments do not fit.</exception>
    public static string Of(string format, CelList arguments)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            if (++i >= format.Length)
                throw new CelException("unexpected end of format string");
            if (format[i] == '%')
            {
                text.Append('%');
                continue;
            }

            var precision = Precision(format, ref i);
            if (next >= arguments.Items.Count)
                throw new CelException($"index {next} out of range");
            text.Append(Clause(format[i], arguments.Items[next++], precision));
        }

        return text.ToString();
    }

    private static int? Precision(string format, ref int at)
    {
        if (format[at] != '.')
            return null;
        var start = ++at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
            at++;
        if (at >= format.Length || !int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var precision) || precision > MaximumPrecision)
            throw new CelException("error while parsing precision");
        return precision;
    }

    private static string Clause(char verb, object value, int? precision) => (verb, value) switch
    {
        ('s', CelType type) => type.Name,
        ('s', _) => CelText.Of(value),
        ('d', long or ulong) => CelText.Of(value),
        ('d', double real) when double.IsNaN(real) || double.IsInfinity(real) => CelText.Of(value),
        ('f', long or ulong or double) => CelNumbers.ToDouble(value).ToString("F" + (precision ?? 6).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        ('e', long or ulong or double) => Exponent(CelNumbers.ToDouble(value), precision ?? 6),
        ('b', bool boolean) => boolean ? "1" : "0",
        ('b', long integer) => integer < 0 ? "-" + (-integer).ToString("b", CultureInfo.InvariantCulture) : integer.ToString("b", CultureInfo.InvariantCulture),
        ('b', ulong unsigned) => unsigned.ToString("b", CultureInfo.InvariantCulture),
        ('x', _) => Hexadecimal(value),
        ('X', _) => Hexadecimal(value).ToUpperInvariant(),
        ('o', long integer) => Convert.ToString(integer, 8),
        ('o', ulong unsigned) => Convert.ToString((long)unsigned, 8),
        ('s' or 'd' or 'f' or 'e' or 'b' or 'o', _) => throw new CelException($"error during formatting: {verb} clause cannot be used on {CelRuntimeType.Of(value)}"),
        _ => throw new CelException($"could not parse formatting clause: unrecognized formatting clause \"{verb}\""),
    };

    private static string Hexadecimal(object value) => value switch
    {
        long integer => integer < 0 ? "-" + (-integer).ToString("x", CultureInfo.InvariantCulture) : integer.ToString("x", CultureInfo.InvariantCulture),
        ulong unsigned => unsigned.ToString("x", CultureInfo.InvariantCulture),
        string text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        CelBytes bytes => Convert.ToHexStringLower(bytes.Content.AsSpan()),
        _ => throw new CelException($"error during formatting: only integers, byte buffers, and strings can be formatted as hex, was given {CelRuntimeType.Of(value)}"),
    };

    private static string Exponent(double value, int precision)
    {
        var digits = precision == 0 ? "0" : "0." + new string('0', precision);
        return value.ToString(digits + "e+00", CultureInfo.InvariantCulture);
    }
}
