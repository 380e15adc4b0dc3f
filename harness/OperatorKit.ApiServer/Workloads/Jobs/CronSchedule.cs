using System.Globalization;

namespace OperatorKit.ApiServer.Workloads.Jobs;

/// <summary>
/// A schedule in the five fields of cron (minute, hour, day of month, month, day of week), or one of its nicknames such as <c>@daily</c>.
/// See https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax.
/// </summary>
internal sealed class CronSchedule
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _daysOfMonth;
    private readonly ulong _months;
    private readonly ulong _daysOfWeek;
    private readonly bool _eitherDay;

    private CronSchedule(ReadOnlySpan<ulong> fields, bool eitherDay)
    {
        (_minutes, _hours, _daysOfMonth, _months, _daysOfWeek) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
        _eitherDay = eitherDay;
    }

    /// <summary>The schedule, or null when the text is none.</summary>
    public static CronSchedule? Parse(string text)
    {
        text = text.Trim() switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            var other => other,
        };
        var parts = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 5)
            return null;
        ReadOnlySpan<ulong> fields =
        [
            Field(parts[0], 0, 59, []),
            Field(parts[1], 0, 23, []),
            Field(parts[2], 1, 31, []),
            Field(parts[3], 1, 12, Months),
            Field(parts[4], 0, 7, Days),
        ];
        if (fields.Contains(0UL))
            return null;
        var week = fields[4] | (fields[4] >> 7 & 1);
        // When both days are restricted, either of them is enough.
        return new CronSchedule([fields[0], fields[1], fields[2], fields[3], week], parts[2][0] is not ('*' or '?') && parts[4][0] is not ('*' or '?'));
    }

    /// <summary>The first time after the given one, in its own offset; null when there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var time = new DateTimeOffset(after.Year, after.Month, after.Day, after.Hour, after.Minute, 0, after.Offset).AddMinutes(1);
        var limit = after.AddYears(5);
        while (time < limit)
        {
            if (!Has(_months, time.Month))
                time = new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, time.Offset).AddMonths(1);
            else if (!MatchesDay(time))
                time = new DateTimeOffset(time.Year, time.Month, time.Day, 0, 0, 0, time.Offset).AddDays(1);
            else if (!Has(_hours, time.Hour))
                time = time.AddMinutes(60 - time.Minute);
            else if (!Has(_minutes, time.Minute))
                time = time.AddMinutes(1);
            else
                return time;
        }

        return null;
    }

    private bool MatchesDay(DateTimeOffset time)
    {
        bool month = Has(_daysOfMonth, time.Day), week = Has(_daysOfWeek, (int)time.DayOfWeek);
        return _eitherDay ? month || week : month && week;
    }

    private static bool Has(ulong set, int value) => (set >> value & 1) == 1;

    /// <summary>The values of a field as bits; zero when it is malformed.</summary>
    private static ulong Field(string text, int min, int max, string[] names)
    {
        var bits = 0UL;
        foreach (var item in text.Split(','))
        {
            var step = item.Split('/');
            var range = step[0].Split('-');
            var every = 1;
            if (step.Length > 2 || range.Length > 2 || (step.Length == 2 && (!int.TryParse(step[1], NumberStyles.None, CultureInfo.InvariantCulture, out every) || every == 0)))
                return 0;
            var any = step[0] is "*" or "?";
            var from = any ? min : Number(range[0], min, names);
            var to = any ? max : range.Length == 2 ? Number(range[1], min, names) : step.Length == 2 ? max : from;
            if (from < min || to > max || from > to)
                return 0;
            for (var value = from; value <= to; value += every)
                bits |= 1UL << value;
        }

        return bits;
    }

    private static int Number(string text, int min, string[] names)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        var i = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return i < 0 ? -1 : i + (min == 1 ? 1 : 0);
    }
}
