using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Horizontal pod autoscalers.</summary>
internal static class AutoscalerValidation
{
    private static readonly string[] MetricTypes = ["ContainerResource", "External", "Object", "Pods", "Resource"];
    private static readonly string[] Sources = ["object", "external", "pods", "resource", "containerResource"];

    public static IEnumerable<FieldError> Validate(JsonObject scaler, JsonObject? old)
    {
        var spec = scaler.ObjectAt("spec") ?? JsonObject.Empty;
        return
        [
            .. Replicas(spec),
            .. Reference(spec.ObjectAt("scaleTargetRef") ?? JsonObject.Empty, "spec.scaleTargetRef", needsGroup: true),
            .. spec.Objects("metrics").SelectMany(static (metric, i) => Metric(metric, Checks.At("spec.metrics", i))),
            .. spec.LongAt("minReplicas") == 0 && !spec.Objects("metrics").Any(static metric => metric.StringAt("type") is "Object" or "External")
                ? [FieldError.Forbidden("spec.metrics", "must specify at least one Object or External metric to support scaling to zero replicas")]
                : (FieldError[])[],
            .. ((string[])["scaleUp", "scaleDown"]).SelectMany(direction => spec.ObjectAt("behavior", direction) is { } rules ? Rules(rules, $"spec.behavior.{direction}") : []),
        ];
    }

    private static IEnumerable<FieldError> Replicas(JsonObject spec)
    {
        var (min, max) = (spec.LongAt("minReplicas"), spec.LongAt("maxReplicas") ?? 0);
        if (min is < 1)
            yield return FieldError.Invalid("spec.minReplicas", min.Value, "must be greater than or equal to 1");
        if (max == 0)
            yield return FieldError.Required("spec.maxReplicas", "must be set and greater than 0");
        else if (max < 0)
            yield return FieldError.Invalid("spec.maxReplicas", max, "must be greater than or equal to 1");
        if (min > max)
            yield return FieldError.Invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
    }

    private static IEnumerable<FieldError> Reference(JsonObject target, string path, bool needsGroup)
    {
        foreach (var field in (string[])["kind", "name"])
        {
            var text = target.StringAt(field) ?? "";
            foreach (var error in text.Length == 0 ? [FieldError.Required($"{path}.{field}")] : Checks.Formatted(text, $"{path}.{field}", NameFormat.PathSegment))
                yield return error;
        }

        var version = target.StringAt("apiVersion") ?? "";
        var slashes = version.Count(static c => c == '/');
        if (slashes > 1)
            yield return FieldError.Invalid($"{path}.apiVersion", version, $"unexpected GroupVersion string: {version}");
        else if (needsGroup && slashes == 0)
            yield return FieldError.Invalid($"{path}.apiVersion", version, "apiVersion must specify API group");
    }

    private static IEnumerable<FieldError> Metric(JsonObject metric, string at)
    {
        var type = metric.StringAt("type") ?? "";
        var given = Sources.Where(metric.Has).ToArray();
        var expected = MetricTypes.Contains(type) ? char.ToLowerInvariant(type[0]) + type[1..] : "";
        if (type.Length == 0)
            yield return FieldError.Required($"{at}.type", "must specify a metric source type");
        if (expected.Length == 0)
            yield return FieldError.NotSupported($"{at}.type", type, MetricTypes);
        foreach (var error in given.Take(1).SelectMany(source => Source(metric.ObjectAt(source) ?? JsonObject.Empty, $"{at}.{source}", source)))
            yield return error;
        if (expected.Length == 0)
            yield return FieldError.NotSupported($"{at}.type", type, MetricTypes);
        else if (!metric.Has(expected))
            yield return FieldError.Required($"{at}.{expected}", "must populate information for the given metric source");
        foreach (var other in given.Length == 1 ? [] : given.Where(source => source != expected))
            yield return FieldError.Forbidden($"{at}.{other}", "must populate the given metric source only");
    }

    private static IEnumerable<FieldError> Source(JsonObject source, string at, string kind)
    {
        var target = source.ObjectAt("target") ?? JsonObject.Empty;
        var (hasValue, hasAverage, hasUtilization) = (target.Has("value"), target.Has("averageValue"), target.Has("averageUtilization"));
        IEnumerable<FieldError> subject = kind switch
        {
            "object" => Reference(source.ObjectAt("describedObject") ?? JsonObject.Empty, $"{at}.describedObject", needsGroup: false).Concat(Identifier(source, at)),
            "external" or "pods" => Identifier(source, at),
            "containerResource" => Named(source, $"{at}.name", "name", "must specify a resource name").Concat(Named(source, $"{at}.container", "container", "must specify a container")),
            _ => Named(source, $"{at}.name", "name", "must specify a resource name"),
        };
        IEnumerable<FieldError> amount = kind switch
        {
            "object" when !hasValue && !hasAverage => [FieldError.Required($"{at}.target.averageValue", "must set either a target value or averageValue")],
            "external" when !hasValue && !hasAverage => [FieldError.Required($"{at}.target.averageValue", "must set either a target value for metric or a per-pod target")],
            "external" when hasValue && hasAverage => [FieldError.Forbidden($"{at}.target.value", "may not set both a target value for metric and a per-pod target")],
            "pods" when !hasAverage => [FieldError.Required($"{at}.target.averageValue", "must specify a positive target averageValue")],
            "resource" or "containerResource" when !hasUtilization && !hasAverage => [FieldError.Required($"{at}.target.averageUtilization", "must set either a target raw value or a target utilization")],
            "resource" or "containerResource" when hasUtilization && hasAverage => [FieldError.Forbidden($"{at}.target.averageValue", "may not set both a target raw value and a target utilization")],
            _ => [],
        };
        return subject.Concat(Target(target, $"{at}.target")).Concat(amount);
    }

    private static IEnumerable<FieldError> Identifier(JsonObject source, string at) =>
        Named(source.ObjectAt("metric") ?? JsonObject.Empty, $"{at}.metric.name", "name", "must specify a metric name");

    private static IEnumerable<FieldError> Named(JsonObject owner, string path, string field, string detail) =>
        owner.StringAt(field) is { Length: > 0 } ? [] : [FieldError.Required(path, detail)];

    private static IEnumerable<FieldError> Target(JsonObject target, string at)
    {
        var type = target.StringAt("type") ?? "";
        if (type.Length == 0)
            yield return FieldError.Required($"{at}.type", "must specify a metric target type");
        if (type is not ("Utilization" or "Value" or "AverageValue"))
            yield return FieldError.Invalid($"{at}.type", type, "must be either Utilization, Value, or AverageValue");
        foreach (var field in (string[])["value", "averageValue"])
        {
            if (target.StringAt(field) is { } amount && QuantityText.Nanos(amount).Sign <= 0)
                yield return FieldError.Invalid($"{at}.{field}", amount, "must be positive");
        }

        if (target.LongAt("averageUtilization") is { } utilization and < 1)
            yield return FieldError.Invalid($"{at}.averageUtilization", utilization, "must be greater than 0");
    }

    private static IEnumerable<FieldError> Rules(JsonObject rules, string at)
    {
        if (rules.LongAt("stabilizationWindowSeconds") is { } window)
        {
            if (window < 0)
                yield return FieldError.Invalid($"{at}.stabilizationWindowSeconds", window, "must be greater than or equal to zero");
            if (window > 3600)
                yield return FieldError.Invalid($"{at}.stabilizationWindowSeconds", window, "must be less than or equal to 3600");
        }

        foreach (var error in Checks.OneOf(rules, at, "selectPolicy", "Disabled", "Max", "Min"))
            yield return error;
        if (!rules.Objects("policies").Any())
            yield return FieldError.Required($"{at}.policies", "must specify at least one Policy");
        var i = 0;
        foreach (var policy in rules.Objects("policies"))
        {
            foreach (var error in Policy(policy, Checks.At($"{at}.policies", i++)))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Policy(JsonObject policy, string at)
    {
        var (value, period) = (policy.LongAt("value") ?? 0, policy.LongAt("periodSeconds") ?? 0);
        if (policy.StringAt("type") is not ("Pods" or "Percent"))
            yield return FieldError.NotSupported($"{at}.type", policy["type"] ?? "", "Percent", "Pods");
        if (value <= 0)
            yield return FieldError.Invalid($"{at}.value", value, "must be greater than zero");
        if (period <= 0)
            yield return FieldError.Invalid($"{at}.periodSeconds", period, "must be greater than zero");
        if (period > 1800)
            yield return FieldError.Invalid($"{at}.periodSeconds", period, "must be less than or equal to 1800");
    }
}
