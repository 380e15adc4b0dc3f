using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>
/// Writes what a run has decided. Where someone else has written to the object in between, the decision stands as long as it is the
/// same object: it is written to the version that the server has now, and no handler runs again for it.
/// </summary>
internal sealed class ConflictRetry<TResource>(KubernetesClient client, KindCache<TResource> cache, OwnWrites ownWrites, string fieldManager)
    where TResource : CustomResource, ICustomResource<TResource>
{
    // As client-go's DefaultRetry; an object written to more often than that is met by the next run.
    private const int Attempts = 5;

    /// <summary>The newest state of an object that is known here; the object as given where another has taken its name.</summary>
    public TResource Latest(TResource resource) =>
        cache.TryGet(ObjectKey.Of(resource), out var cached) && cached.Metadata.Uid == resource.Metadata.Uid ? cached : resource;

    /// <summary>Writes to an object.</summary>
    /// <param name="resource">The object of the run, in the version to begin with.</param>
    /// <param name="write">Writes to the version that it is given and returns the answer, or null where there is nothing to write.</param>
    /// <param name="carriesVersion">Whether it writes to that version only, and not to any that the server has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as the server has stored it, or the version that wanted no write; null where the object is gone.</returns>
    /// <exception cref="ConflictException">The object is written to all the time.</exception>
    public async Task<TResource?> WriteAsync(
        TResource resource, Func<TResource, CancellationToken, Task<TResource?>> write, bool carriesVersion, CancellationToken cancellationToken)
    {
        var version = resource;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var basedOn = carriesVersion ? version.Metadata.ResourceVersion : null;
                using var own = ownWrites.Begin<TResource>(ObjectKey.Of(version), basedOn);
                if (await write(version, cancellationToken).ConfigureAwait(false) is not { } answer)
                    return version;
                cache.Overlay(answer, fieldManager, basedOn);
                own.Answer = answer.Metadata.ResourceVersion;
                return answer;
            }
            catch (NotFoundException exception) when (!exception.IsKindMissing)
            {
                return null;
            }
            catch (ConflictException) when (attempt < Attempts)
            {
                var metadata = resource.Metadata;
                var found = await client.Resource<TResource>(metadata.NamespaceProperty).FindAsync(metadata.Name!, cancellationToken).ConfigureAwait(false);
                // Another object of the name is none of this run's business.
                if (found?.Metadata.Uid != metadata.Uid)
                    return null;
                version = found!;
            }
        }
    }
}
