using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>
/// Keeps in annotations what an autoscaler of autoscaling/v1 has no fields for, so that nothing is lost on the way through v1.
/// The forms are those of the metrics of v1 and, for the behavior, of kube-apiserver's own structures.
/// </summary>
internal static class AutoscalerAnnotations
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";

    private static readonly string[] Kept = [$"{Prefix}metrics", $"{Prefix}current-metrics", $"{Prefix}conditions", $"{Prefix}behavior"];
    private static readonly string[] BehaviorFields = ["scaleUp", "scaleDown"];
    private static readonly string[] RuleFields = ["stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance"];
    private static readonly string[] PolicyFields = ["type", "value", "periodSeconds"];

    /// <summary>An autoscaler of v2 with the annotations that v1 gets.</summary>
    public static JsonObject Save(JsonObject scaler)
    {
        var (spec, status) = (scaler.ObjectAt("spec") ?? JsonObject.Empty, scaler.ObjectAt("status") ?? JsonObject.Empty);
        scaler = Drop(scaler);
        scaler = Annotated(scaler, Kept[0], JsonArray.Of(spec.Objects("metrics").Where(static metric => !IsCpu(metric)).Select(static metric => AutoscalerMetrics.ToV1(metric, "target"))));
        scaler = Annotated(scaler, Kept[1], JsonArray.Of(status.Objects("currentMetrics").Select(static metric => AutoscalerMetrics.ToV1(metric, "current"))));
        scaler = Annotated(scaler, Kept[2], status.ArrayAt("conditions"));
        return Annotated(scaler, Kept[3], spec.ObjectAt("behavior") is { } behavior ? Structure(behavior) : null);
    }

    /// <summary>An autoscaler in the form of v2 with what the annotations of v1 kept; they are gone then.</summary>
    public static JsonObject Restore(JsonObject scaler)
    {
        if (Read(scaler, Kept[0]) is JsonArray metrics)
            scaler = scaler.Change("spec", spec => spec.With("metrics", JsonArray.Of([.. metrics.OfType<JsonObject>().Select(static metric => AutoscalerMetrics.ToV2(metric, "target")), .. spec.Objects("metrics")])));
        if (Read(scaler, Kept[1]) is JsonArray current)
            scaler = scaler.ChangeOrAdd("status", status => status.With("currentMetrics", JsonArray.Of(current.OfType<JsonObject>().Select(static metric => AutoscalerMetrics.ToV2(metric, "current")))));
        if (Read(scaler, Kept[2]) is JsonArray conditions)
            scaler = scaler.ChangeOrAdd("status", status => status.With("conditions", conditions));
        if (Read(scaler, Kept[3]) is JsonObject { Count: > 0 } behavior)
            scaler = scaler.Change("spec", spec => spec.With("behavior", Fields(behavior)));
        return Drop(scaler);
    }

    /// <summary>Whether a metric is the target of the CPU, for which v1 has a field.</summary>
    public static bool IsCpu(JsonObject metric) =>
        metric.StringAt("type") == "Resource" && metric.StringAt("resource", "name") == "cpu" && metric.At("resource", "target", "averageUtilization") is JsonNumber;

    private static JsonObject Drop(JsonObject scaler)
    {
        foreach (var name in Kept)
            scaler = scaler.WithoutAt("metadata", "annotations", name);
        return scaler.ObjectAt("metadata", "annotations") is { Count: 0 } ? scaler.WithoutAt("metadata", "annotations") : scaler;
    }

    private static JsonObject Annotated(JsonObject scaler, string name, JsonValue? value) =>
        value is null or JsonArray { Count: 0 } ? scaler : scaler.WithAt(["metadata", "annotations", name], value.ToString());

    private static JsonValue? Read(JsonObject scaler, string name)
    {
        try
        {
            return scaler.StringAt("metadata", "annotations", name) is { } text ? JsonParser.Parse(text).Value : null;
        }
        catch (JsonSyntaxException)
        {
            // What somebody else wrote there counts as nothing.
            return null;
        }
    }

    private static JsonObject Structure(JsonObject behavior) => Renamed(behavior, BehaviorFields, static rules => rules is JsonObject fields
        ? Renamed(fields, RuleFields, static value => value is JsonArray policies ? JsonArray.Of(policies.OfType<JsonObject>().Select(static policy => Renamed(policy, PolicyFields, static field => field))) : value)
        : rules);

    private static JsonObject Fields(JsonObject structure) => Restored(structure, BehaviorFields, static rules => rules is JsonObject fields
        ? Restored(fields, RuleFields, static value => value is JsonArray policies ? JsonArray.Of(policies.OfType<JsonObject>().Select(static policy => Restored(policy, PolicyFields, static field => field))) : value)
        : rules);

    private static JsonObject Renamed(JsonObject source, string[] fields, Func<JsonValue, JsonValue> change) =>
        fields.Aggregate(JsonObject.Empty, (all, field) => all.With(Capital(field), change(source[field] ?? JsonValue.Null)));

    private static JsonObject Restored(JsonObject source, string[] fields, Func<JsonValue, JsonValue> change) =>
        fields.Aggregate(JsonObject.Empty, (all, field) => source[Capital(field)] is { } value and not JsonNull ? all.With(field, change(value)) : all);

    private static string Capital(string field) => char.ToUpperInvariant(field[0]) + field[1..];
}
