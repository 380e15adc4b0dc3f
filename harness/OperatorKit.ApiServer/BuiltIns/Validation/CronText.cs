using System.Globalization;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>
/// Schedules of cron jobs: what is wrong with one, in the words of the real server's parser.
/// See https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax.
/// </summary>
internal static class CronText
{
    private static readonly string[] Descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly Range[] Ranges =
    [
        new(0, 59, []),
        new(0, 23, []),
        new(1, 31, []),
        new(1, 12, Months),
        new(0, 6, Days),
    ];

    public static string? Problem(string schedule)
    {
        if (schedule.StartsWith("TZ=", StringComparison.Ordinal) || schedule.StartsWith("CRON_TZ=", StringComparison.Ordinal))
            schedule = schedule[(schedule.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        if (schedule.StartsWith('@'))
            return Descriptors.Contains(schedule) || schedule.StartsWith("@every ", StringComparison.Ordinal) ? null : $"unrecognized descriptor: {schedule}";
        var fields = schedule.Split((char[])[' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            return string.Create(CultureInfo.InvariantCulture, $"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]");
        return fields.Zip(Ranges).SelectMany(static pair => pair.First.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => Problem(part, pair.Second))).FirstOrDefault(static problem => problem is not null);
    }

    private static string? Problem(string part, Range range)
    {
        var step = part.Split('/');
        if (step.Length > 2)
            return $"too many slashes: {part}";
        var ends = step[0].Split('-');
        if (ends.Length > 2)
            return $"too many hyphens: {part}";
        var isAll = ends[0] is "*" or "?";
        if (!isAll && ends.Select(end => NumberProblem(end, range)).FirstOrDefault(static problem => problem is not null) is { } problem)
            return problem;
        if (step.Length == 2 && (NumberProblem(step[1], new Range(0, 0, [])) ?? (step[1].All(static c => c == '0') ? $"step of range should be a positive number: {part}" : null)) is { } wrong)
            return wrong;
        if (isAll)
            return null;
        var (start, end) = (range.Number(ends[0]), ends.Length == 2 ? range.Number(ends[1]) : step.Length == 2 ? range.Most : range.Number(ends[0]));
        if (start < range.Least)
            return string.Create(CultureInfo.InvariantCulture, $"beginning of range ({start}) below minimum ({range.Least}): {part}");
        if (end > range.Most)
            return string.Create(CultureInfo.InvariantCulture, $"end of range ({end}) above maximum ({range.Most}): {part}");
        return start > end ? string.Create(CultureInfo.InvariantCulture, $"beginning of range ({start}) beyond end of range ({end}): {part}") : null;
    }

    private static string? NumberProblem(string text, Range range)
    {
        if (range.Names.Contains(text.ToLowerInvariant()))
            return null;
        if (text.StartsWith('-') && text.Length > 1 && text[1..].All(char.IsAsciiDigit))
            return $"negative number ({text}) not allowed: {text}";
        return text.Length > 0 && text.All(char.IsAsciiDigit) && text.Length < 10
            ? null
            : $"failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": {(text.Length >= 10 && text.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax")}";
    }

    private readonly record struct Range(int Least, int Most, string[] Names)
    {
        public int Number(string text) => Array.IndexOf(Names, text.ToLowerInvariant()) is var i and >= 0 ? i + Least : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
