using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>The metrics of autoscalers in the forms of autoscaling/v1, which has a field an amount, and of v2, which has a target or a current value.</summary>
internal static class AutoscalerMetrics
{
    /// <param name="metric">Of v2.</param>
    /// <param name="side"><c>target</c> in a spec, <c>current</c> in a status.</param>
    public static JsonObject ToV1(JsonObject metric, string side)
    {
        var type = metric.StringAt("type") ?? "";
        var member = Member(type);
        if (metric.ObjectAt(member) is not { } source)
            return metric;
        var (name, selector) = (source.At("metric", "name"), source.At("metric", "selector"));
        var (value, average, utilization) = (source.At(side, "value"), source.At(side, "averageValue"), source.At(side, "averageUtilization"));
        (string Key, JsonValue? Value)[] fields = type switch
        {
            "Resource" or "ContainerResource" =>
                [("name", source["name"]), ($"{side}AverageUtilization", utilization), ($"{side}AverageValue", average ?? Needed(side == "current")), ("container", source["container"])],
            "Pods" => [("metricName", name), ($"{side}AverageValue", average ?? Needed(true)), ("selector", selector)],
            "Object" => [("target", source["describedObject"]), ("metricName", name), ($"{side}Value", value ?? Needed(true)), ("selector", selector), ("averageValue", average)],
            _ => [("metricName", name), ("metricSelector", selector), ($"{side}Value", value ?? Needed(side == "current")), ($"{side}AverageValue", average)],
        };
        return JsonObject.Of(("type", type), (member, Object(fields)));
    }

    /// <param name="metric">Of v1.</param>
    /// <param name="side"><c>target</c> in a spec, <c>current</c> in a status.</param>
    public static JsonObject ToV2(JsonObject metric, string side)
    {
        var type = metric.StringAt("type") ?? "";
        var member = Member(type);
        if (metric.ObjectAt(member) is not { } source)
            return metric;
        var (value, average, utilization) = (source[$"{side}Value"], source[$"{side}AverageValue"] ?? source["averageValue"], source[$"{side}AverageUtilization"]);
        // Where an average is given, the plain value is there only because it has to be.
        if (average is not null)
            value = null;
        var kind = side == "target" ? JsonValue.From(utilization is not null ? "Utilization" : average is not null ? "AverageValue" : "Value") : null;
        var measured = Object([("type", kind), ("value", value), ("averageValue", utilization is not null && side == "target" ? null : average), ("averageUtilization", utilization)]);
        var identified = Object([("name", source["metricName"]), ("selector", source["selector"] ?? source["metricSelector"])]);
        (string Key, JsonValue? Value)[] fields = type switch
        {
            "Resource" or "ContainerResource" => [("name", source["name"]), ("container", source["container"]), (side, measured)],
            "Object" => [("describedObject", source["target"]), ("metric", identified), (side, measured)],
            _ => [("metric", identified), (side, measured)],
        };
        return JsonObject.Of(("type", type), (member, Object(fields)));
    }

    private static string Member(string type) => type.Length == 0 ? "" : char.ToLowerInvariant(type[0]) + type[1..];

    // A quantity that is no pointer upstream is written even when there is none.
    private static JsonValue? Needed(bool needed) => needed ? JsonValue.From("0") : null;

    private static JsonObject Object((string Key, JsonValue? Value)[] fields)
    {
        var made = new JsonObject.Builder();
        foreach (var (key, value) in fields)
        {
            if (value is not null)
                made[key] = value;
        }

        return made.Build();
    }
}
