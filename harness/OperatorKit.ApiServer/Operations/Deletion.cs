using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

/// <summary>What a delete makes of an object: gone at once, or marked and waiting. A function of the object, the options and the time.</summary>
internal static class Deletion
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    /// <summary>The object as the delete would leave it if it may not go at once; the same object where nothing changes.</summary>
    public static JsonObject Mark(ResourceType type, JsonObject obj, DeleteOptions options, DateTimeOffset now)
    {
        var marked = WithPropagation(obj, options.Propagation ?? Remembered(type, obj));
        var grace = type.Traits.GracePeriod?.Invoke(obj, options.GracePeriodSeconds) ?? 0;
        if (obj.StringAt("metadata", "deletionTimestamp") is not null)
        {
            // A second delete can shorten the grace but never lengthen it.
            if (grace >= (obj.LongAt("metadata", "deletionGracePeriodSeconds") ?? 0))
                return marked;
            return Stamp(marked, grace, now);
        }

        if (EndsAtOnce(type, marked) && type.Traits.GracePeriod is null)
            return marked;
        marked = Stamp(type.Traits.BeginDeletion?.Invoke(marked, now) ?? marked, grace, now);
        // Kinds that mark their objects in a way of their own write neither the grace nor a generation.
        if (type.Traits.StaysWhenDeleted is not null && grace == 0)
            return marked.WithoutAt("metadata", "deletionGracePeriodSeconds");
        return obj.LongAt("metadata", "generation") is { } generation and > 0 && type.Traits.Generation != GenerationRule.None
            ? marked.WithAt(["metadata", "generation"], generation + 1)
            : marked;
    }

    public static bool EndsAtOnce(ResourceType type, JsonObject obj) =>
        obj.ArrayAt("metadata", "finalizers") is not { Count: > 0 }
        && type.Traits.StaysWhenDeleted?.Invoke(obj) != true
        && (obj.LongAt("metadata", "deletionGracePeriodSeconds") ?? 0) == 0;

    private static JsonObject Stamp(JsonObject obj, long grace, DateTimeOffset now) => obj
        .WithAt(["metadata", "deletionTimestamp"], KubernetesTime.Format(now.AddSeconds(grace)))
        .WithAt(["metadata", "deletionGracePeriodSeconds"], grace);

    // Without a policy in the request, finalizers that an earlier delete left decide, then the kind.
    private static PropagationPolicy? Remembered(ResourceType type, JsonObject obj)
    {
        var finalizers = obj.ArrayAt("metadata", "finalizers");
        if (finalizers?.Contains(JsonValue.From(Orphan)) == true || finalizers?.Contains(JsonValue.From(Foreground)) == true)
            return null;
        return type.Traits.DefaultPropagation;
    }

    private static JsonObject WithPropagation(JsonObject obj, PropagationPolicy? policy)
    {
        if (policy is null)
            return obj;
        var finalizers = obj.ArrayAt("metadata", "finalizers") ?? JsonArray.Empty;
        var wanted = policy switch
        {
            PropagationPolicy.Orphan => Orphan,
            PropagationPolicy.Foreground => Foreground,
            _ => null,
        };
        var kept = finalizers.Where(finalizer => finalizer is not JsonString { Value: Orphan or Foreground } text || text.Value == wanted).ToList();
        if (wanted is not null && !kept.Contains(JsonValue.From(wanted)))
            kept.Add(wanted);
        if (kept.SequenceEqual(finalizers))
            return obj;
        return kept.Count == 0 ? obj.WithoutAt("metadata", "finalizers") : obj.WithAt(["metadata", "finalizers"], JsonArray.Of(kept));
    }
}
