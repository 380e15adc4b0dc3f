using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Patching;

namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// kubectl's annotation of client-side apply. It lets kubectl's first server-side apply take over what client-side apply set,
/// and is kept up to date by kubectl's later ones.
/// </summary>
internal static class LastApplied
{
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The only manager that the annotation is minded for.</summary>
    public const string Manager = "kubectl";

    private const int MaximumAnnotationBytes = 256 * 1024;

    /// <summary>The fields of the annotation that the live object still holds unchanged; empty where it tells nothing.</summary>
    public static FieldSet Unchanged(JsonObject live, FieldOperation operation)
    {
        if (live.StringAt("metadata", "annotations", Annotation) is not { Length: > 0 } text)
            return FieldSet.Empty;
        try
        {
            if (JsonParser.Parse(text).Value is not JsonObject applied || applied.StringAt("apiVersion") != operation.ApiVersion)
                return FieldSet.Empty;
            var type = MergeType.ForObject(operation.Schema);
            MergeTypeCheck.Require(applied, type);
            var changes = FieldComparison.Of(applied, live, type);
            return AppliedFields.Of(applied, type).Except(changes.Modified).Except(changes.Added).Except(changes.Removed);
        }
        catch (Exception error) when (error is JsonSyntaxException or MergeTypeException)
        {
            return FieldSet.Empty;
        }
    }

    /// <summary>The object with its annotation, where it has one, set to what was applied.</summary>
    public static JsonObject Refresh(JsonObject value, JsonObject config)
    {
        if (value.StringAt("metadata", "annotations", Annotation) is not { Length: > 0 })
            return value;
        var applied = JsonText.ToCompactString(GoText.ByName(config.WithoutAt("metadata", "annotations", Annotation))) + "\n";
        var refreshed = value.WithAt(["metadata", "annotations", Annotation], applied);
        return JsonText.ToUtf8(refreshed.ObjectAt("metadata", "annotations")!).Length <= MaximumAnnotationBytes
            ? refreshed
            : value.WithoutAt("metadata", "annotations", Annotation);
    }
}
