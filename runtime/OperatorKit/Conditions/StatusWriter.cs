using System.Globalization;
using System.Text.Json.Nodes;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Dispatch;
using OperatorKit.Models;
using OperatorKit.Serialization;
using OperatorKit.Watching;

namespace OperatorKit.Conditions;

/// <summary>Writes the status of an object where it changes anything, and how far the controller has come.</summary>
internal sealed class StatusWriter<TResource>(
    KubernetesClient client, KindCache<TResource> cache, string fieldManager, ProgressPlace place, TimeProvider time)
    where TResource : CustomResource, ICustomResource<TResource>
{
    private const string StatusName = "/status";

    /// <summary>The generation that the controller dealt with last; null where it never did.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="remembered">What this process remembers, for a kind that has no place to note it.</param>
    public long? ObservedGeneration(TResource resource, long? remembered)
    {
        if (place.Annotation is null)
            return TResource.Definition.HasStatus ? resource.ObservedStatus?.ObservedGeneration : remembered;
        return resource.Metadata.Annotations is { } annotations && annotations.TryGetValue(place.Annotation, out var noted)
            && long.TryParse(noted, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : null;
    }

    /// <summary>Writes what a handler returned; null keeps what the object has and notes the generation.</summary>
    public async Task SucceededAsync(TResource resource, ResourceStatus? returned, AppliedChildren sent, CancellationToken cancellationToken)
    {
        var previous = resource.ObservedStatus;
        var generation = resource.Metadata.Generation ?? 0;
        if ((returned ?? Own(previous)) is { } status)
            await WriteAsync(resource, ReadyCondition.Succeeded(status, previous, generation, time.GetUtcNow(), place.Condition), sent, cancellationToken).ConfigureAwait(false);
        else
            await WriteMinimalAsync(resource, generation, ReadyCondition.Ready(generation, place.Condition), cancellationToken).ConfigureAwait(false);
        if (place.Annotation is not null && ObservedGeneration(resource, null) != generation)
            await NoteAsync(resource, place.Annotation, generation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes that the handler failed, beside the status that a part of the run has returned.</summary>
    public Task FailedAsync(TResource resource, ResourceStatus? returned, string reason, string message, CancellationToken cancellationToken)
    {
        var generation = resource.Metadata.Generation ?? 0;
        var previous = resource.ObservedStatus;
        return (returned ?? Own(previous)) is { } status
            ? WriteAsync(resource, ReadyCondition.Failed(status, previous, reason, message, generation, time.GetUtcNow(), place.Condition), null, cancellationToken)
            : WriteMinimalAsync(resource, null, ReadyCondition.NotReady(reason, message, generation, place.Condition), cancellationToken);
    }

    /// <summary>Writes what a timer or a daemon returned, which says nothing of the object as a whole; null writes nothing.</summary>
    public async Task ReportedAsync(TResource resource, ResourceStatus? returned, CancellationToken cancellationToken)
    {
        if (returned is null)
            return;
        var latest = Latest(resource);
        var status = ReadyCondition.Reported(returned, latest.ObservedStatus, resource.Metadata.Generation ?? 0, time.GetUtcNow(), place.Condition);
        try
        {
            await WriteAsync(latest, status, null, cancellationToken).ConfigureAwait(false);
        }
        catch (NotFoundException exception) when (!exception.IsKindMissing)
        {
            // Deleted in the meantime.
        }
    }

    /// <summary>Of a status that others write to as well, nothing is the controller's own but its condition.</summary>
    private ResourceStatus? Own(ResourceStatus? previous) => place.Annotation is null || !place.IsShared ? previous : null;

    private async Task WriteAsync(TResource resource, ResourceStatus status, AppliedChildren? sent, CancellationToken cancellationToken)
    {
        if (!TResource.Definition.HasStatus)
            return;
        if (place.IsShared)
            status = status with { Conditions = [.. status.Conditions.Where(condition => !place.Others.Contains(condition.Type))] };
        if (place.Annotation is not null)
            status = status with { ObservedGeneration = null };
        using var body = PooledJson.Write(status, TResource.WriteStatusJson);
        if (resource.ObservedStatus is { } current && Holds(status, body, current, sent))
            return;
        var options = new ApplyOptions { FieldManager = fieldManager, Force = true };
        cache.Overlay(await Resources(resource).ApplyStatusAsync(Latest(resource), status, options, cancellationToken).ConfigureAwait(false), fieldManager);
        sent?.Remember(typeof(TResource), StatusName, body.Span, null);
    }

    /// <summary>Whether the object has the status already.</summary>
    private bool Holds(ResourceStatus status, PooledJson body, ResourceStatus current, AppliedChildren? sent)
    {
        if (place is { IsShared: false, Annotation: null })
        {
            using var whole = PooledJson.Write(current, TResource.WriteStatusJson);
            return body.Span.SequenceEqual(whole.Span);
        }

        // What others have put beside it does not count; but a member that was left out this time has to go, which only what was sent last can tell.
        if (sent is null || !sent.Compare(typeof(TResource), StatusName, body.Span, null).SameBody)
            return false;
        foreach (var condition in status.Conditions)
        {
            if (!current.Conditions.Contains(condition))
                return false;
        }

        using var left = PooledJson.Write(status with { Conditions = [] }, TResource.WriteStatusJson);
        using var right = PooledJson.Write(current with { Conditions = [] }, TResource.WriteStatusJson);
        return JsonSubset.Holds(left.Memory, right.Memory);
    }

    // There is no status object of the kind to complete, and the runtime cannot make one of a type that it does not know.
    private async Task WriteMinimalAsync(TResource resource, long? observedGeneration, V1Condition condition, CancellationToken cancellationToken)
    {
        if (!TResource.Definition.HasStatus)
            return;
        var now = time.GetUtcNow();
        ReadOnlyMemory<byte> body;
        if (place.Annotation is null)
        {
            body = MinimalStatus.Write(Latest(resource).Metadata, observedGeneration, condition, now);
        }
        else
        {
            if (MergedConditions(resource.ObservedStatus, condition, now) is not { } conditions)
                return;
            body = MinimalStatus.WriteConditions(resource.Metadata, conditions);
        }

        var options = new WriteOptions { FieldManager = fieldManager };
        cache.Overlay(await Resources(resource).PatchStatusAsync(resource.Metadata.Name!, Patch.Merge(body), options, cancellationToken).ConfigureAwait(false), fieldManager);
    }

    /// <summary>The conditions of all controllers with ours among them; null where it is there already.</summary>
    private static List<V1Condition>? MergedConditions(ResourceStatus? previous, V1Condition condition, DateTimeOffset now)
    {
        var known = previous?.Conditions.FirstOrDefault(old => old.Type == condition.Type);
        if (known is not null && (known.Status, known.Reason, known.Message, known.ObservedGeneration) == (condition.Status, condition.Reason, condition.Message, condition.ObservedGeneration))
            return null;
        var since = known?.Status == condition.Status ? known?.LastTransitionTime : null;
        var conditions = previous?.Conditions.Where(old => old.Type != condition.Type).ToList() ?? [];
        conditions.Add(condition with { LastTransitionTime = since ?? new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc) });
        return conditions;
    }

    private async Task NoteAsync(TResource resource, string annotation, long generation, CancellationToken cancellationToken)
    {
        var patch = Patch.Merge(new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = resource.Metadata.Uid,
                ["annotations"] = new JsonObject { [annotation] = generation.ToString(CultureInfo.InvariantCulture) },
            },
        }.ToJsonString());
        var options = new WriteOptions { FieldManager = fieldManager };
        cache.Overlay(await Resources(resource).PatchAsync(resource.Metadata.Name!, patch, options, cancellationToken).ConfigureAwait(false), fieldManager);
    }

    // What changed during the run without making it another object is no conflict.
    private TResource Latest(TResource resource) =>
        cache.TryGet(ObjectKey.Of(resource), out var cached) && cached.Metadata.Uid == resource.Metadata.Uid ? cached : resource;

    private ResourceClient<TResource> Resources(TResource resource) => client.Resource<TResource>(resource.Metadata.NamespaceProperty);
}
