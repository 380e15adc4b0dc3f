using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    private const string ContinueExpired = "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, "
        + "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, "
        + "modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    private static readonly TimeSpan RevisionPatience = TimeSpan.FromSeconds(3);

    public async Task<ListResult> ListAsync(ResourceTarget target, ListOptions options, CancellationToken cancellationToken)
    {
        var selection = new Selection(target, options);
        var (objects, revision) = await SnapshotAsync(target, options, cancellationToken).ConfigureAwait(false);
        var limit = options.ResourceVersion == "0" && options.Continue.Length == 0 ? 0 : Math.Max(options.Limit, 0);
        var start = options.Continue.Length > 0 ? ContinueToken.Decode(options.Continue).Start : null;
        var candidates = objects.In(target.Namespace, start);
        if (limit is > 0 and < int.MaxValue && selection.SelectsAll)
            candidates = candidates.Take((int)limit + 1);
        await PrepareViewsAsync(target, candidates, cancellationToken).ConfigureAwait(false);
        var items = new List<JsonObject>();
        StoredObject? last = null;
        foreach (var stored in candidates)
        {
            var obj = Shown(target, stored);
            if (!selection.Matches(stored, obj))
                continue;
            if (limit > 0 && items.Count == limit)
            {
                var end = ObjectTable.Key(last!);
                long? left = selection.SelectsAll ? objects.CountAfter(target.Namespace, end) : null;
                return new ListResult(items, revision, new ContinueToken(revision, end).Encode(), left);
            }

            items.Add(obj);
            last = stored;
        }

        return new ListResult(items, revision, "", null);
    }

    private async Task<(ObjectTable Objects, long Revision)> SnapshotAsync(ResourceTarget target, ListOptions options, CancellationToken cancellationToken)
    {
        var resource = target.Type.Storage;
        if (options.Continue.Length > 0)
        {
            if (options.ResourceVersion is not ("" or "0"))
                throw Failures.BadRequest("specifying resource version is not allowed when using continue");
            var token = ContinueToken.Decode(options.Continue);
            if (token.Revision < 0)
                return store.Read(resource);
            return (store.ReadAt(resource, token.Revision) ?? throw ExpiredPage(token), token.Revision);
        }

        if (options.ResourceVersion.Length == 0)
            return store.Read(resource);
        if (!RevisionText.TryParse(options.ResourceVersion, out var revision))
            throw Failures.BadRequest($"invalid resource version: resourceVersion: Invalid value: \"{options.ResourceVersion}\": {RevisionText.SyntaxError(options.ResourceVersion)}");
        await UntilAsync(revision, cancellationToken).ConfigureAwait(false);
        if (options.ResourceVersionMatch == "Exact")
            return (store.ReadAt(resource, revision) ?? throw Failures.Expired("The resourceVersion for the provided list is too old."), revision);
        return store.Read(resource);
    }

    /// <summary>The answer carries a token with which the rest can be read as it is now.</summary>
    private static StatusException ExpiredPage(ContinueToken token) =>
        new(410, "Expired", ContinueExpired) { Continue = new ContinueToken(-1, token.Start).Encode() };

    /// <summary>Waits a little for a revision that is not there yet.</summary>
    private async Task UntilAsync(long revision, CancellationToken cancellationToken)
    {
        if (revision <= store.Revision)
            return;
        try
        {
            await store.WaitForAsync(revision, cancellationToken).WaitAsync(RevisionPatience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Failures.ResourceVersionTooLarge(revision, store.Revision);
        }
    }
}
