using System.Buffers;
using System.Globalization;
using System.Text;

namespace OperatorKit.Models;

/// <summary>Durations as Go's <c>time.Duration</c> writes them (metav1.Duration): <c>1h30m0s</c>, <c>250ms</c>. A tick, 100 ns, is the smallest step.</summary>
public static class GoDuration
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Writes a duration.</summary>
    /// <param name="value">The duration.</param>
    /// <returns>Its text.</returns>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
            return "0s";
        var text = new StringBuilder();
        var ticks = value.Ticks;
        var magnitude = ticks < 0 ? (ulong)-(ticks + 1) + 1 : (ulong)ticks;
        if (ticks < 0)
            text.Append('-');
        if (magnitude < (ulong)TimeSpan.TicksPerSecond)
            return AppendFraction(text, magnitude).ToString();

        var hours = magnitude / (ulong)TimeSpan.TicksPerHour;
        var minutes = magnitude % (ulong)TimeSpan.TicksPerHour / (ulong)TimeSpan.TicksPerMinute;
        if (hours > 0)
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        if (hours > 0 || minutes > 0)
            text.Append(CultureInfo.InvariantCulture, $"{minutes}m");
        return AppendDecimal(text, magnitude % (ulong)TimeSpan.TicksPerMinute, (ulong)TimeSpan.TicksPerSecond).Append('s').ToString();
    }

    /// <summary>Reads a duration: signed numbers with the units h, m, s, ms, us, µs and ns, one after the other.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The duration.</param>
    /// <returns>False when the text is not a duration or does not fit.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '-' or '+')
            text = text[1..];
        if (text is "0")
            return true;
        if (text.IsEmpty)
            return false;

        decimal ticks = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return false;
            text = text[digits..];
            var letters = text.IndexOfAny(Digits);
            var unit = letters < 0 ? text : text[..letters];
            if (TicksOf(unit) is not { } perUnit || amount > decimal.MaxValue / TimeSpan.TicksPerDay)
                return false;
            ticks += amount * perUnit;
            text = text[unit.Length..];
        }

        ticks = decimal.Truncate(negative ? -ticks : ticks);
        if (ticks is < long.MinValue or > long.MaxValue)
            return false;
        value = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    private static decimal? TicksOf(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "us" or "\u00b5s" or "\u03bcs" => TicksPerMicrosecond,
        "ns" => 1m / TimeSpan.NanosecondsPerTick,
        _ => null,
    };

    private static StringBuilder AppendFraction(StringBuilder text, ulong ticks) => ticks switch
    {
        < (ulong)TicksPerMicrosecond => text.Append(CultureInfo.InvariantCulture, $"{ticks * (ulong)TimeSpan.NanosecondsPerTick}ns"),
        < (ulong)TimeSpan.TicksPerMillisecond => AppendDecimal(text, ticks, (ulong)TicksPerMicrosecond).Append("\u00b5s"),
        _ => AppendDecimal(text, ticks, (ulong)TimeSpan.TicksPerMillisecond).Append("ms"),
    };

    private static StringBuilder AppendDecimal(StringBuilder text, ulong ticks, ulong unit) =>
        text.Append(((decimal)ticks / unit).ToString("0.#######", CultureInfo.InvariantCulture));
}
