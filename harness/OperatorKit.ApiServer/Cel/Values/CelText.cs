using System.Globalization;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.Models;

namespace OperatorKit.ApiServer.Cel.Values;

/// <summary>Values as text.</summary>
internal static class CelText
{
    public static string Of(object value)
    {
        CelCost.RequireStack();
        return Text(value);
    }

    public static string Timestamp(DateTimeOffset time)
    {
        var text = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.');
        return text + "Z";
    }

    public static string Duration(TimeSpan duration) => GoDuration.Format(duration);

    private static string Text(object value) => value switch
    {
        string text => text,
        bool boolean => boolean ? "true" : "false",
        double real => Real(real),
        DateTimeOffset time => Timestamp(time),
        TimeSpan duration => duration.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s",
        CelNull => "null",
        CelBytes bytes => System.Text.Encoding.UTF8.GetString(bytes.Content.AsSpan()),
        CelList list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        CelMap map => $"{{{string.Join(", ", map.Entries.Select(static entry => $"{Of(entry.Key)}: {Of(entry.Value)}").Order(StringComparer.Ordinal))}}}",
        CelObject obj => obj.Json.ToString(),
        CelMessage message => $"{message.Type}{{{string.Join(", ", message.Fields.Select(static field => $"{field.Key}: {Of(field.Value)}"))}}}",
        CelOptional optional => optional.Value is null ? "optional.none()" : $"optional({Of(optional.Value)})",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Real(double real) => double.IsPositiveInfinity(real) ? "+Inf" : double.IsNegativeInfinity(real) ? "-Inf" : real.ToString("R", CultureInfo.InvariantCulture);
}
