using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The measured and wanted values of a horizontal pod autoscaler, one text a metric.</summary>
internal static class AutoscalerColumns
{
    private const int ShownMetrics = 2;

    public static string Targets(JsonObject autoscaler)
    {
        var current = autoscaler.Objects("status", "currentMetrics").ToList();
        var texts = autoscaler.Objects("spec", "metrics").Select((metric, i) => Target(metric, i < current.Count ? current[i] : null)).ToList();
        if (texts.Count == 0 && autoscaler.LongAt("spec", "targetCPUUtilizationPercentage") is { } wanted)
            texts.Add(Cells.Invariant($"cpu: {Percent(autoscaler.LongAt("status", "currentCPUUtilizationPercentage"))}/{wanted}%"));
        if (texts.Count == 0)
            return Cells.None;
        return texts.Count <= ShownMetrics ? string.Join(", ", texts) : Cells.Invariant($"{string.Join(", ", texts.Take(ShownMetrics))} + {texts.Count - ShownMetrics} more...");
    }

    private static string Target(JsonObject metric, JsonObject? current)
    {
        var type = metric.StringAt("type") ?? "";
        var member = type.Length > 0 ? char.ToLowerInvariant(type[0]) + type[1..] : "";
        var (target, measured) = (metric.ObjectAt(member, "target"), current?.ObjectAt(member, "current"));
        var name = metric.StringAt(member, "name");
        var prefix = name is null ? "" : $"{name}: ";
        if (target?.LongAt("averageUtilization") is { } utilization)
            return Cells.Invariant($"{prefix}{Percent(measured?.LongAt("averageUtilization"))}/{utilization}%");
        if (target?["averageValue"] is { } average)
            return $"{prefix}{Cells.Plain(measured?["averageValue"]).Or(Cells.Unknown)}/{Cells.Plain(average)}{(type is "Object" or "External" ? " (avg)" : "")}";
        return $"{prefix}{Cells.Plain(measured?["value"]).Or(Cells.Unknown)}/{Cells.Plain(target?["value"])}";
    }

    private static string Percent(long? value) => value is null ? Cells.Unknown : Cells.Invariant($"{value}%");
}
