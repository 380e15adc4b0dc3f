using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Serialization;
using OperatorKit.Watching;

namespace OperatorKit.Conditions;

/// <summary>Writes the status of an object where it changes anything.</summary>
internal sealed class StatusWriter<TResource>(KubernetesClient client, KindCache<TResource> cache, string fieldManager, TimeProvider time)
    where TResource : CustomResource, ICustomResource<TResource>
{
    /// <summary>Writes what a handler returned; null keeps what the object has and notes the generation.</summary>
    public Task SucceededAsync(TResource resource, ResourceStatus? returned, CancellationToken cancellationToken)
    {
        var previous = resource.ObservedStatus;
        var generation = resource.Metadata.Generation ?? 0;
        if ((returned ?? previous) is not { } status)
            return WriteMinimalAsync(resource, generation, ReadyCondition.Ready(generation), cancellationToken);
        return WriteAsync(resource, ReadyCondition.Succeeded(status, previous, generation, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Writes that the handler failed.</summary>
    public Task FailedAsync(TResource resource, string reason, string message, CancellationToken cancellationToken)
    {
        var generation = resource.Metadata.Generation ?? 0;
        return resource.ObservedStatus is { } previous
            ? WriteAsync(resource, ReadyCondition.Failed(previous, reason, message, generation, time.GetUtcNow()), cancellationToken)
            : WriteMinimalAsync(resource, null, ReadyCondition.NotReady(reason, message, generation), cancellationToken);
    }

    private async Task WriteAsync(TResource resource, ResourceStatus status, CancellationToken cancellationToken)
    {
        if (!TResource.Definition.HasStatus || (resource.ObservedStatus is { } current && IsSame(current, status)))
            return;
        var options = new ApplyOptions { FieldManager = fieldManager, Force = true };
        cache.Overlay(await Resources(resource).ApplyStatusAsync(resource, status, options, cancellationToken).ConfigureAwait(false), fieldManager);
    }

    // There is no status object of the kind to complete, and the runtime cannot make one of a type that it does not know.
    private async Task WriteMinimalAsync(TResource resource, long? observedGeneration, V1Condition condition, CancellationToken cancellationToken)
    {
        if (!TResource.Definition.HasStatus)
            return;
        var options = new WriteOptions { FieldManager = fieldManager };
        var patch = Patch.Merge(MinimalStatus.Write(resource.Metadata.Uid, observedGeneration, condition, time.GetUtcNow()));
        cache.Overlay(await Resources(resource).PatchStatusAsync(resource.Metadata.Name!, patch, options, cancellationToken).ConfigureAwait(false), fieldManager);
    }

    private ResourceClient<TResource> Resources(TResource resource) => client.Resource<TResource>(resource.Metadata.NamespaceProperty);

    private static bool IsSame(ResourceStatus left, ResourceStatus right)
    {
        using var leftJson = PooledJson.Write(left, TResource.WriteStatusJson);
        using var rightJson = PooledJson.Write(right, TResource.WriteStatusJson);
        return leftJson.Span.SequenceEqual(rightJson.Span);
    }
}
