using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OperatorKit.Generators.Symbols;

/// <summary>Durations as Go writes them: <c>1h30m0s</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
internal static class GoDuration
{
    private static readonly Regex Whole = new(@"^(\d{1,9}(\.\d{1,7})?(h|ms|m|s))+$");
    private static readonly Regex Part = new(@"(\d+(?:\.\d+)?)(h|ms|m|s)");

    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
            return "0s";
        var text = new StringBuilder(value < TimeSpan.Zero ? "-" : "");
        var ticks = Math.Abs((decimal)value.Ticks);
        if (ticks < TimeSpan.TicksPerSecond)
            return text.Append(Number(ticks / TimeSpan.TicksPerMillisecond)).Append("ms").ToString();
        var hours = Math.Floor(ticks / TimeSpan.TicksPerHour);
        var minutes = Math.Floor(ticks % TimeSpan.TicksPerHour / TimeSpan.TicksPerMinute);
        if (hours > 0)
            text.Append(Number(hours)).Append('h');
        if (hours > 0 || minutes > 0)
            text.Append(Number(minutes)).Append('m');
        return text.Append(Number(ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond)).Append('s').ToString();
    }

    /// <summary>Reads a duration; null for a text that is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (!Whole.IsMatch(text))
            return null;
        var ticks = 0m;
        foreach (Match part in Part.Matches(text))
        {
            ticks += decimal.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
            {
                "h" => TimeSpan.TicksPerHour,
                "m" => TimeSpan.TicksPerMinute,
                "s" => TimeSpan.TicksPerSecond,
                _ => TimeSpan.TicksPerMillisecond,
            };
        }

        return ticks <= TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : null;
    }

    private static string Number(decimal value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
