using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

/// <summary>The autoscaling/v1 Scale of an object: its replicas, wherever they stand.</summary>
internal static class Scale
{
    public static JsonObject Read(ResourceTarget target, JsonObject obj)
    {
        var paths = Paths(target);
        var spec = Number(obj, paths.SpecReplicas);
        if (spec is null && target.Type.IsCustom)
            throw Failures.Internal($"the spec replicas field \"{paths.SpecReplicas}\" does not exist");
        return Of(obj, paths, spec ?? 0);
    }

    /// <summary>The Scale to patch: an object without replicas reads as one with zero.</summary>
    public static JsonObject ReadForPatch(ResourceTarget target, JsonObject obj) => Of(obj, Paths(target), Number(obj, Paths(target).SpecReplicas) ?? 0);

    /// <summary>Where a version of the target's kind keeps the replicas; null where it does not scale.</summary>
    public static string? ReplicasPath(ResourceTarget target, string apiVersion) =>
        target.Type.Versions.FirstOrDefault(version => target.Type.ApiVersion(version) == apiVersion)?.Subresource("scale")?.Scale?.SpecReplicas;

    /// <summary>The object with the replicas of a Scale.</summary>
    public static JsonObject Write(ResourceTarget target, JsonObject obj, JsonObject scale)
    {
        var paths = Paths(target);
        var replicas = scale.LongAt("spec", "replicas") ?? 0;
        if (replicas < 0)
        {
            throw target.Type.IsCustom
                ? Failures.Invalid(target.Type, target.Name!, FieldError.Invalid(paths.SpecReplicas, replicas, "should be a non-negative integer"))
                : Failures.Invalid("autoscaling", "Scale", target.Name!, FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0"));
        }

        var version = scale.StringAt("metadata", "resourceVersion") ?? "";
        if (version.Length > 0)
            obj = obj.WithAt(["metadata", "resourceVersion"], version);
        return obj.WithAt(Steps(paths.SpecReplicas), replicas);
    }

    private static JsonObject Of(JsonObject obj, ScalePaths paths, long replicas)
    {
        var metadata = new JsonObject.Builder();
        foreach (var key in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
            metadata[key] = obj.At("metadata", key);
        var status = JsonObject.Of(("replicas", Number(obj, paths.StatusReplicas) ?? 0));
        if (paths.LabelSelector is { } selector && Selector(obj.At(Steps(selector))) is { Length: > 0 } text)
            status = status.With("selector", text);
        return JsonObject.Of(
            ("kind", "Scale"),
            ("apiVersion", "autoscaling/v1"),
            ("metadata", metadata.Build()),
            ("spec", replicas == 0 ? JsonObject.Empty : JsonObject.Of(("replicas", replicas))),
            ("status", status));
    }

    private static ScalePaths Paths(ResourceTarget target) =>
        target.Version.Subresource("scale")?.Scale ?? throw Failures.NotFound(target.Type.Resource, target.Name!);

    private static string[] Steps(string path) => path.TrimStart('.').Split('.');

    private static long? Number(JsonObject obj, string path) => obj.LongAt(Steps(path));

    // A built-in kind keeps its selector as an object, a custom resource as text.
    private static string Selector(JsonValue? selector)
    {
        if (selector is JsonString text)
            return text.Value;
        if (selector is not JsonObject obj)
            return "";
        var terms = new List<string>();
        var labels = obj["matchLabels"] as JsonObject ?? (obj.ContainsKey("matchExpressions") ? null : obj);
        foreach (var (key, value) in ((IEnumerable<KeyValuePair<string, JsonValue>>?)labels ?? []).OrderBy(static label => label.Key, StringComparer.Ordinal))
            terms.Add(string.Create(CultureInfo.InvariantCulture, $"{key}={(value as JsonString)?.Value}"));
        foreach (var expression in obj.ArrayAt("matchExpressions")?.OfType<JsonObject>() ?? [])
            terms.Add(Expression(expression));
        return string.Join(',', terms);
    }

    private static string Expression(JsonObject expression)
    {
        var key = expression.StringAt("key") ?? "";
        var values = string.Join(',', (expression.ArrayAt("values")?.OfType<JsonString>() ?? []).Select(static value => value.Value));
        return expression.StringAt("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => key,
        };
    }
}
