using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Metadata;

/// <summary><c>metadata.generation</c>: counts the changes of what the user asked for.</summary>
internal static class Generation
{
    public static JsonObject First(GenerationRule rule, JsonObject obj) =>
        rule == GenerationRule.None ? obj : obj.WithAt(["metadata", "generation"], 1);

    public static JsonObject Next(GenerationRule rule, JsonObject obj, JsonObject stored, bool hasStatus)
    {
        var generation = stored.LongAt("metadata", "generation") ?? 0;
        return Changed(rule, obj, stored, hasStatus) ? obj.WithAt(["metadata", "generation"], generation + 1) : obj;
    }

    private static bool Changed(GenerationRule rule, JsonObject obj, JsonObject stored, bool hasStatus) => rule switch
    {
        GenerationRule.Spec => !Same(obj["spec"], stored["spec"]),
        GenerationRule.SpecOrAnnotations => !Same(obj["spec"], stored["spec"]) || !SameMap("annotations", obj, stored),
        GenerationRule.CustomResource => !Same(Content(obj, hasStatus), Content(stored, hasStatus)),
        GenerationRule.Content => !Same(Content(obj, hasStatus: true), Content(stored, hasStatus: true)),
        GenerationRule.ContentOrLabels => !Same(Content(obj, hasStatus: true), Content(stored, hasStatus: true)) || !SameMap("labels", obj, stored),
        _ => false,
    };

    private static bool SameMap(string name, JsonObject obj, JsonObject stored) =>
        Same(obj.At("metadata", name) ?? JsonObject.Empty, stored.At("metadata", name) ?? JsonObject.Empty);

    private static JsonObject Content(JsonObject obj, bool hasStatus)
    {
        var content = obj.Without("metadata").Without("apiVersion").Without("kind");
        return hasStatus ? content.Without("status") : content;
    }

    private static bool Same(JsonValue? one, JsonValue? other) => one is null ? other is null : one.Equals(other);
}
