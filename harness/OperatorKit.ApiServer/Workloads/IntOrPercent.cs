using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>A count, or a percentage of one.</summary>
internal static class IntOrPercent
{
    public static long Resolve(JsonValue? value, long total, bool roundUp, string absent)
    {
        if (value is JsonNumber number && number.TryGetInt64(out var count))
            return count;
        var text = (value as JsonString)?.Value ?? absent;
        if (!long.TryParse(text.TrimEnd('%'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            return 0;
        if (!text.EndsWith('%'))
            return amount;
        return roundUp ? ((amount * total) + 99) / 100 : amount * total / 100;
    }
}
