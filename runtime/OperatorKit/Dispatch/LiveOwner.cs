using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>
/// Asks the server about the owner of a child that is to be made again. The watch of the children may show what the garbage collector does before
/// the watch of the owners shows why.
/// </summary>
internal sealed class LiveOwner<TResource>(KubernetesClient client, KindCache<TResource> cache, string controller)
    where TResource : CustomResource, ICustomResource<TResource>
{
    /// <summary>Returns if the owner is there as the run knows it.</summary>
    /// <exception cref="ConflictException">It is gone or goes: the cache shows so by now, and the next run acts on that.</exception>
    public async Task RequireAsync(IKubernetesObject owner, CancellationToken cancellationToken)
    {
        var known = owner.Metadata;
        var found = await client.Resource<TResource>(known.NamespaceProperty).FindAsync(known.Name!, cancellationToken).ConfigureAwait(false);
        if (found?.Metadata.Uid != known.Uid)
            cache.OverlayDeletion(ObjectKey.Of(owner), known.Uid!, controller);
        else if (found!.Metadata.DeletionTimestamp is not null && known.DeletionTimestamp is null)
            cache.Overlay(found, controller);
        else
            return;
        throw new ConflictException($"{owner.Kind} {known.Name} has been deleted: its children are not made again.");
    }
}
