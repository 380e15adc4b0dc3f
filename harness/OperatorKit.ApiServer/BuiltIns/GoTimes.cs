using System.Globalization;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>The times of the API: RFC 3339 in, UTC out; whole seconds, or exactly six digits of a second where the field says so.</summary>
internal static class GoTimes
{
    private const string SecondsLayout = "2006-01-02T15:04:05Z07:00";
    private const string MicrosLayout = "2006-01-02T15:04:05.000000Z07:00";

    /// <summary><c>metav1.Time</c>: any fraction is read and cut off.</summary>
    /// <exception cref="DecodingException">The text is not RFC 3339.</exception>
    public static string Canonical(string text) => Read(text, SecondsLayout).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary><c>metav1.MicroTime</c>: six digits are needed.</summary>
    /// <exception cref="DecodingException">The text is not RFC 3339 with six digits of a second.</exception>
    public static string CanonicalMicro(string text) => Read(text, MicrosLayout).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private static DateTimeOffset Read(string text, string layout)
    {
        var rest = text.AsSpan();
        var year = Number(ref rest, 4, "2006");
        Literal(ref rest, "-");
        var month = Number(ref rest, 2, "01");
        Literal(ref rest, "-");
        var day = Number(ref rest, 2, "02");
        Literal(ref rest, "T");
        var hour = Number(ref rest, 2, "15");
        Literal(ref rest, ":");
        var minute = Number(ref rest, 2, "04");
        Literal(ref rest, ":");
        var second = Number(ref rest, 2, "05");
        var ticks = layout == MicrosLayout ? Micros(ref rest) : Fraction(ref rest);
        var offset = Offset(ref rest);
        if (rest.Length > 0)
            throw new DecodingException($"parsing time \"{text}\": extra text: \"{rest}\"");
        if (Range() is { } part)
            throw new DecodingException($"parsing time \"{text}\": {part} out of range");
        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(ticks) - offset;

        string? Range() => 0 switch
        {
            _ when month is < 1 or > 12 => "month",
            _ when year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month) => "day",
            _ when hour > 23 => "hour",
            _ when minute > 59 => "minute",
            _ when second > 59 => "second",
            _ => null,
        };

        int Number(ref ReadOnlySpan<char> from, int digits, string element)
        {
            if (from.Length < digits || !int.TryParse(from[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                throw Cannot(from, element);
            from = from[digits..];
            return value;
        }

        void Literal(ref ReadOnlySpan<char> from, string literal)
        {
            if (!from.StartsWith(literal))
                throw Cannot(from, literal);
            from = from[literal.Length..];
        }

        long Micros(ref ReadOnlySpan<char> from)
        {
            if (from.Length < 7 || from[0] != '.' || !int.TryParse(from[1..7], NumberStyles.None, CultureInfo.InvariantCulture, out var micros))
                throw Cannot(from, ".000000");
            from = from[7..];
            return micros * TimeSpan.TicksPerMicrosecond;
        }

        TimeSpan Offset(ref ReadOnlySpan<char> from)
        {
            if (from is ['Z', ..])
            {
                from = from[1..];
                return TimeSpan.Zero;
            }

            if (from.Length < 6 || from[0] is not ('+' or '-') || from[3] != ':'
                || !int.TryParse(from[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
                || !int.TryParse(from[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
                throw Cannot(from, "Z07:00");
            var offset = new TimeSpan(hours, minutes, 0);
            var sign = from[0];
            from = from[6..];
            return sign == '-' ? -offset : offset;
        }

        DecodingException Cannot(ReadOnlySpan<char> from, string element) =>
            new($"parsing time \"{text}\" as \"{layout}\": cannot parse \"{from}\" as \"{element}\"");
    }

    private static long Fraction(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[0] is not ('.' or ',') || !char.IsAsciiDigit(rest[1]))
            return 0;
        var end = 1;
        long ticks = 0;
        for (; end < rest.Length && char.IsAsciiDigit(rest[end]); end++)
        {
            if (end <= 7)
                ticks = (ticks * 10) + (rest[end] - '0');
        }

        for (var digits = end; digits <= 7; digits++)
            ticks *= 10;
        rest = rest[end..];
        return ticks;
    }
}
