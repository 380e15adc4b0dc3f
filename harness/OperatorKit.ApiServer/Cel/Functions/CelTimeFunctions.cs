using System.Globalization;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>The parts of timestamps, in UTC or a named zone, and of durations.</summary>
internal static class CelTimeFunctions
{
    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    public static IEnumerable<CelFunction> Functions =>
    [
        .. Part("getFullYear", static time => time.Year),
        .. Part("getMonth", static time => time.Month - 1),
        .. Part("getDayOfYear", static time => time.DayOfYear - 1),
        .. Part("getDate", static time => time.Day),
        .. Part("getDayOfMonth", static time => time.Day - 1),
        .. Part("getDayOfWeek", static time => (long)time.DayOfWeek),
        .. Part("getHours", static time => time.Hour),
        .. Part("getMinutes", static time => time.Minute),
        .. Part("getSeconds", static time => time.Second),
        .. Part("getMilliseconds", static time => time.Millisecond),
        Member("getHours", "duration -> int", static a => (long)((TimeSpan)a[0]).TotalHours),
        Member("getMinutes", "duration -> int", static a => (long)((TimeSpan)a[0]).TotalMinutes),
        Member("getSeconds", "duration -> int", static a => (long)((TimeSpan)a[0]).TotalSeconds),
        Member("getMilliseconds", "duration -> int", static a => (long)((TimeSpan)a[0]).Milliseconds),
    ];

    private static IEnumerable<CelFunction> Part(string name, Func<DateTimeOffset, long> part) =>
    [
        Member(name, "timestamp -> int", a => part(((DateTimeOffset)a[0]).ToUniversalTime())),
        Member(name, "timestamp, string -> int", a => part(InZone((DateTimeOffset)a[0], (string)a[1]))),
    ];

    private static DateTimeOffset Moved(DateTimeOffset time, TimeSpan offset) =>
        (time.UtcTicks + offset.Ticks) is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks ? time.ToOffset(offset) : throw new CelException("timestamp overflow");

    private static DateTimeOffset InZone(DateTimeOffset time, string zone)
    {
        if (zone.Contains(':', StringComparison.Ordinal))
        {
            var sign = zone[0] == '-' ? -1 : 1;
            return TimeSpan.TryParseExact(zone.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out var offset) && offset <= LargestOffset
                ? Moved(time, sign * offset)
                : throw new CelException($"invalid timezone: {zone}");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info) ? TimeZoneInfo.ConvertTime(time, info) : throw new CelException($"unknown time zone {zone}");
    }
}
