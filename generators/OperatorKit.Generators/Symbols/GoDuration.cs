using System;
using System.Globalization;
using System.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>Durations as Go writes them: <c>1h30m0s</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
internal static class GoDuration
{
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

    private static string Number(decimal value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
