using System.Globalization;
using System.Text.Json.Nodes;
using OperatorKit.Client;
using OperatorKit.Dispatch;
using OperatorKit.Models;
using OperatorKit.Serialization;

namespace OperatorKit.Conditions;

/// <summary>Writes the status of an object where it changes anything, and how far the controller has come.</summary>
internal sealed class StatusWriter<TResource>(
    KubernetesClient client, ConflictRetry<TResource> retry, string fieldManager, ProgressPlace place, TimeProvider time)
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
    /// <returns>Whether the server still has the object.</returns>
    public async Task<bool> SucceededAsync(TResource resource, ResourceStatus? returned, AppliedChildren sent, CancellationToken cancellationToken)
    {
        var generation = resource.Metadata.Generation ?? 0;
        var isThere = await WriteAsync(
            resource,
            (version, token) => Handed(resource, version, returned) is { } status
                ? ApplyAsync(version, ReadyCondition.Succeeded(status, version.ObservedStatus, generation, time.GetUtcNow(), place.Condition), sent, token)
                : MergeAsync(version, generation, ReadyCondition.Ready(generation, place.Condition), token),
            cancellationToken).ConfigureAwait(false);
        return isThere && place.Annotation is not null && ObservedGeneration(resource, null) != generation
            ? await NoteAsync(resource, place.Annotation, generation, cancellationToken).ConfigureAwait(false)
            : isThere;
    }

    /// <summary>Writes that the handler failed, beside the status that a part of the run has returned.</summary>
    /// <returns>Whether the server still has the object.</returns>
    public Task<bool> FailedAsync(TResource resource, ResourceStatus? returned, string reason, string message, CancellationToken cancellationToken)
    {
        var generation = resource.Metadata.Generation ?? 0;
        return WriteAsync(
            resource,
            (version, token) => Handed(resource, version, returned) is { } status
                ? ApplyAsync(version, ReadyCondition.Failed(status, version.ObservedStatus, reason, message, generation, time.GetUtcNow(), place.Condition), null, token)
                : MergeAsync(version, null, ReadyCondition.NotReady(reason, message, generation, place.Condition), token),
            cancellationToken);
    }

    /// <summary>Writes what a timer, a daemon or a part of a run returned, which says nothing of the object as a whole; null writes nothing.</summary>
    /// <returns>Whether the server still has the object, as far as it was asked.</returns>
    public async Task<bool> ReportedAsync(TResource resource, ResourceStatus? returned, CancellationToken cancellationToken)
    {
        if (returned is null)
            return true;
        var generation = resource.Metadata.Generation ?? 0;
        return await WriteAsync(
            resource,
            (version, token) => ApplyAsync(
                version, ReadyCondition.Reported(Handed(resource, version, returned)!, version.ObservedStatus, generation, time.GetUtcNow(), place.Condition), null, token),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> WriteAsync(TResource resource, Func<TResource, CancellationToken, Task<TResource?>> write, CancellationToken cancellationToken)
    {
        if (!TResource.Definition.HasStatus)
            return true;
        var known = Math.Max(resource.Metadata.Generation ?? 0, ObservedGeneration(resource, null) ?? 0);
        // Where another replica has dealt with a later generation in the meantime, this run is history.
        return await retry.WriteAsync(
            retry.Latest(resource),
            (version, token) => ObservedGeneration(version, null) > known ? Task.FromResult<TResource?>(null) : write(version, token),
            carriesVersion: true,
            cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>The status to complete: what was returned, with the conditions that it only passes on as they are by now; else what is the controller's own.</summary>
    private ResourceStatus? Handed(TResource given, TResource version, ResourceStatus? returned)
    {
        var latest = version.ObservedStatus;
        if (returned is null)
            return place.Annotation is null || !place.IsShared ? latest : null;
        if (ReferenceEquals(given, version) || given.ObservedStatus is not { Conditions.Count: > 0 } before)
            return returned;
        return returned with
        {
            Conditions = [.. returned.Conditions
                .Select(condition => before.Conditions.Contains(condition, ReferenceEqualityComparer.Instance)
                    ? latest?.Conditions.FirstOrDefault(current => current.Type == condition.Type)
                    : condition)
                .OfType<V1Condition>()],
        };
    }

    private async Task<TResource?> ApplyAsync(TResource version, ResourceStatus status, AppliedChildren? sent, CancellationToken cancellationToken)
    {
        if (place.IsShared)
            status = status with { Conditions = [.. status.Conditions.Where(condition => !place.Others.Contains(condition.Type))] };
        if (place.Annotation is not null)
            status = status with { ObservedGeneration = null };
        using var body = PooledJson.Write(status, TResource.WriteStatusJson);
        if (version.ObservedStatus is { } current && Holds(status, body, current, sent))
            return null;
        var options = new ApplyOptions { FieldManager = fieldManager, Force = true };
        var answer = await Resources(version).ApplyStatusAsync(version, status, options, cancellationToken).ConfigureAwait(false);
        sent?.Remember(typeof(TResource), StatusName, body.Span, null);
        return answer;
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
    private async Task<TResource?> MergeAsync(TResource version, long? observedGeneration, V1Condition condition, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body;
        if (place.Annotation is null)
        {
            body = MinimalStatus.Write(version.Metadata, observedGeneration, condition with { LastTransitionTime = Now() });
        }
        else
        {
            if (MergedConditions(version.ObservedStatus, condition) is not { } conditions)
                return null;
            body = MinimalStatus.Write(version.Metadata, null, conditions);
        }

        var options = new WriteOptions { FieldManager = fieldManager };
        return await Resources(version).PatchStatusAsync(version.Metadata.Name!, Patch.Merge(body), options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The conditions of all controllers with ours among them; null where it is there already.</summary>
    private List<V1Condition>? MergedConditions(ResourceStatus? previous, V1Condition condition)
    {
        var known = previous?.Conditions.FirstOrDefault(old => old.Type == condition.Type);
        if (known is not null && (known.Status, known.Reason, known.Message, known.ObservedGeneration) == (condition.Status, condition.Reason, condition.Message, condition.ObservedGeneration))
            return null;
        var since = known?.Status == condition.Status ? known?.LastTransitionTime : null;
        var conditions = previous?.Conditions.Where(old => old.Type != condition.Type).ToList() ?? [];
        conditions.Add(condition with { LastTransitionTime = since ?? Now() });
        return conditions;
    }

    private DateTime Now() => ReadyCondition.WholeSeconds(time.GetUtcNow());

    private async Task<bool> NoteAsync(TResource resource, string annotation, long generation, CancellationToken cancellationToken)
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
        return await retry.WriteAsync(
            resource,
            async (version, token) => await Resources(version).PatchAsync(version.Metadata.Name!, patch, options, token).ConfigureAwait(false),
            carriesVersion: false,
            cancellationToken).ConfigureAwait(false) is not null;
    }

    private ResourceClient<TResource> Resources(TResource resource) => client.Resource<TResource>(resource.Metadata.NamespaceProperty);
}
