namespace OperatorKit.Client;

public sealed partial class ResourceClient<T>
{
    /// <summary>Deletes an object; with finalizers it stays until they are gone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True when it is deleted or being deleted; false when there was none.</returns>
    /// <exception cref="ConflictException">A precondition does not hold.</exception>
    public async Task<bool> DeleteAsync(string name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = Request(HttpMethod.Delete, "delete", name);
            using var body = await _transport.SendAsync(request with { ContentType = MediaTypes.Json, Body = DeleteBody.Of(options) }, cancellationToken);
            return true;
        }
        catch (NotFoundException exception) when (!exception.IsKindMissing)
        {
            return false;
        }
    }

    /// <summary>Deletes all objects that a list with the same options returns.</summary>
    /// <param name="list">Which ones; null is all of the client's namespace.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task DeleteCollectionAsync(ListOptions? list = null, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Namespace is null)
        {
            RequireNamespace();
        }

        var query = new QueryString().Add("labelSelector", list?.LabelSelector).Add("fieldSelector", list?.FieldSelector);
        var request = Request(HttpMethod.Delete, "deletecollection", null, query: query.ToString());
        using var body = await _transport.SendAsync(request with { ContentType = MediaTypes.Json, Body = DeleteBody.Of(options), IsRepeatable = true }, cancellationToken);
    }
}
