using System.Globalization;

namespace OperatorKit.ApiServer.Tables;

/// <summary>Ages as kubectl prints them: two units at most, the finer one only while it still says something.</summary>
internal static class HumanDuration
{
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < -1)
            return "<invalid>";
        if (seconds < 0)
            return "0s";
        var (minutes, hours, days, years) = (seconds / 60, seconds / 3600, seconds / 86400, seconds / 86400 / 365);
        return seconds switch
        {
            < 120 => Text(seconds, 's'),
            < 600 => Text(minutes, 'm', seconds % 60, 's'),
            < 3 * 3600 => Text(minutes, 'm'),
            < 8 * 3600 => Text(hours, 'h', minutes % 60, 'm'),
            < 2 * 86400 => Text(hours, 'h'),
            < 8 * 86400 => Text(days, 'd', hours % 24, 'h'),
            < 2L * 365 * 86400 => Text(days, 'd'),
            < 8L * 365 * 86400 => Text(years, 'y', days % 365, 'd'),
            _ => Text(years, 'y'),
        };
    }

    /// <summary>How long ago a timestamp was.</summary>
    public static string Since(string? timestamp, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(timestamp))
            return "<unknown>";
        return DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Of(now - time) : "<invalid>";
    }

    private static string Text(long value, char unit) => string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");

    private static string Text(long value, char unit, long rest, char restUnit) => rest == 0 ? Text(value, unit) : Text(value, unit) + Text(rest, restUnit);
}
