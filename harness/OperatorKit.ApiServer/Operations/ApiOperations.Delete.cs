using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    /// <summary>The object when it stays (finalizers) or its kind returns it, else a Status.</summary>
    public async Task<WriteResult> DeleteAsync(ResourceTarget target, DeleteOptions options, RequestContext request, CancellationToken cancellationToken)
    {
        if (options.Propagation is null && target.Type.Traits.UnnamedPropagationWarning is { } warning)
            request.Warn(warning);
        while (true)
        {
            var stored = Existing(target);
            RequirePreconditions(target.Type, options, stored);
            await PrepareViewsAsync(target, [stored], cancellationToken).ConfigureAwait(false);
            var live = Shown(target, stored);
            await AdmitAsync(new AdmissionRequest("DELETE", target, null, live, request, RequestOptions.Of(options, request)), cancellationToken).ConfigureAwait(false);
            var marked = Deletion.Mark(target.Type, live, options, clock.GetUtcNow());
            if (target.Type.Traits.GracePeriod is not null && !marked.Equals(live) && !request.DryRun && Deletion.EndsAtOnce(target.Type, marked))
            {
                // Kinds that end gracefully show the mark in an event of its own before they go, even when the grace is nothing.
                await TryStoreAsync(target, stored.Namespace, stored.Name, marked, stored, cancellationToken).ConfigureAwait(false);
            }
            else if (Deletion.EndsAtOnce(target.Type, marked))
            {
                var removed = request.DryRun ? stored : store.TryRemove(target.Type.Storage, stored);
                if (removed is not null)
                    return new WriteResult(target.Type.Traits.ReturnsObjectOnDelete ? Shown(target, removed) : Deleted(target.Type, stored), Created: false);
            }
            else if (marked.Equals(live) || request.DryRun)
            {
                return new WriteResult(marked, Created: false);
            }
            else if (await TryStoreAsync(target, stored.Namespace, stored.Name, marked, stored, cancellationToken).ConfigureAwait(false) is { } written)
            {
                return new WriteResult(Shown(target, written), Created: false);
            }
        }
    }

    /// <summary>Deletes what the selectors match; gives the objects that were deleted.</summary>
    public async Task<ListResult> DeleteCollectionAsync(ResourceTarget target, ListOptions selection, DeleteOptions options, RequestContext request, CancellationToken cancellationToken)
    {
        var found = await ListAsync(target, selection, cancellationToken).ConfigureAwait(false);
        var deleted = new List<JsonObject>(found.Items.Count);
        foreach (var item in found.Items)
        {
            var one = target with { Namespace = item.StringAt("metadata", "namespace"), Name = item.StringAt("metadata", "name") };
            try
            {
                await DeleteAsync(one, options, request, cancellationToken).ConfigureAwait(false);
            }
            catch (StatusException e) when (e.IsNotFound)
            {
                continue;
            }

            deleted.Add(item);
        }

        return found with { Items = deleted };
    }

    private static void RequirePreconditions(ResourceType type, DeleteOptions options, StoredObject stored)
    {
        var kind = new GroupResource(type.Group, type.Kind);
        if (options.PreconditionUid is { } uid && uid != stored.Uid)
            throw Failures.Conflict(kind, stored.Name, $"the UID in the precondition ({uid}) does not match the UID in record ({stored.Uid}). The object might have been deleted and then recreated");
        var version = stored.Value.StringAt("metadata", "resourceVersion");
        if (options.PreconditionResourceVersion is { } wanted && wanted != version)
            throw Failures.Conflict(kind, stored.Name, $"the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record ({version}). The object might have been modified");
    }

    private static JsonObject Deleted(ResourceType type, StoredObject stored)
    {
        var details = new JsonObject.Builder { ["name"] = stored.Name };
        if (type.Group.Length > 0)
            details["group"] = type.Group;
        details["kind"] = type.Plural;
        details["uid"] = stored.Uid;
        return JsonObject.Of(("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonObject.Empty), ("status", "Success"), ("details", details.Build()));
    }
}
