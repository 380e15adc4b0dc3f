using System.Runtime.CompilerServices;

namespace OperatorKit.Client;

public sealed partial class ResourceClient<T>
{
    private const int PageSize = 500;

    /// <summary>Reads objects in one request.</summary>
    /// <param name="options">Which ones; null is all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The objects; with a <see cref="ListOptions.Limit"/>, the first page of them.</returns>
    public async Task<ResourceList<T>> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ListOptions();
        var query = new QueryString()
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("limit", options.Limit)
            .Add("continue", options.Continue)
            .Add("resourceVersion", options.ResourceVersion)
            .Add("resourceVersionMatch", options.ResourceVersionMatch?.ToString());
        var request = Request(HttpMethod.Get, "list", null, query: query.ToString()) with { IsRepeatable = true, AcceptGzip = true };
        using var body = await _transport.SendAsync(request, cancellationToken);
        return ListBody.Read<T>(body.Span, Definition, options.OnInvalidObject);
    }

    /// <summary>Reads objects page by page, all at the version of the first page.</summary>
    /// <param name="options">Which ones, and how many a page; null is all, 500 a page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="ExpiredException">The pages took so long that the server has forgotten their version: start again.</exception>
    public async IAsyncEnumerable<ResourceList<T>> ListPagesAsync(
        ListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options = (options ?? new ListOptions()) with { Limit = options?.Limit ?? PageSize };
        while (true)
        {
            var page = await ListAsync(options, cancellationToken);
            yield return page;
            if (page.Continue is null)
            {
                yield break;
            }

            // The token carries the version; the server refuses both together.
            options = options with { Continue = page.Continue, ResourceVersion = null, ResourceVersionMatch = null };
        }
    }
}
