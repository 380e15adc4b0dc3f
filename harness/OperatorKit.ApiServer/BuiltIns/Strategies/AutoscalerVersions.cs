using OperatorKit.ApiServer.BuiltIns.Defaults;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>
/// Carries autoscalers between autoscaling/v1, which knows one metric, and v2. What v1 has no fields for stands there in annotations.
/// </summary>
internal static class AutoscalerVersions
{
    private const string Percentage = "targetCPUUtilizationPercentage";
    private const string CurrentPercentage = "currentCPUUtilizationPercentage";

    public static JsonObject Convert(JsonObject scaler, string version)
    {
        scaler = scaler.With("apiVersion", $"autoscaling/{version}");
        var converted = version == "v1"
            ? AutoscalerAnnotations.Save(scaler).Change("spec", ToV1Spec).Change("status", ToV1Status)
            : PolicyDefaults.HorizontalPodAutoscaler(AutoscalerAnnotations.Restore(scaler.Change("spec", ToV2Spec).Change("status", ToV2Status)));
        return TypedDecoder.Decode(converted, BuiltInSchemas.Find("autoscaling", version, "HorizontalPodAutoscaler")!).Value;
    }

    private static JsonObject ToV1Spec(JsonObject spec)
    {
        var target = spec.Objects("metrics").LastOrDefault(AutoscalerAnnotations.IsCpu)?.At("resource", "target", "averageUtilization");
        return target is null ? spec : spec.With(Percentage, target);
    }

    private static JsonObject ToV1Status(JsonObject status)
    {
        var current = status.Objects("currentMetrics").LastOrDefault(static metric => metric.StringAt("type") == "Resource" && metric.StringAt("resource", "name") == "cpu")?
            .At("resource", "current", "averageUtilization");
        return current is null ? status : status.With(CurrentPercentage, current);
    }

    private static JsonObject ToV2Spec(JsonObject spec) => spec[Percentage] is JsonNumber target
        ? spec.With("metrics", JsonArray.Of(Metric("target", JsonObject.Of(("type", "Utilization"), ("averageUtilization", target)))))
        : spec;

    private static JsonObject ToV2Status(JsonObject status) => status[CurrentPercentage] is JsonNumber current
        ? status.With("currentMetrics", JsonArray.Of(Metric("current", JsonObject.Of(("averageUtilization", current)))))
        : status;

    private static JsonObject Metric(string member, JsonObject value) =>
        JsonObject.Of(("type", "Resource"), ("resource", JsonObject.Of(("name", "cpu"), (member, value))));
}
