using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer.Discovery;

/// <summary>Answers <c>/api</c>, <c>/apis</c>, <c>/apis/{group}</c> and <c>/apis/{group}/{version}</c>.</summary>
internal sealed class DiscoveryEndpoint(ResourceRegistry registry)
{
    private readonly Lock _gate = new();
    private int _cachedNumber = -1;
    private Aggregated? _core;
    private Aggregated? _groups;

    public async Task HandleAsync(HttpContext context, RequestPath path)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
            throw Failures.MethodNotAllowed();
        var snapshot = registry.Current;
        var isCore = path.Path.TrimEnd('/').StartsWith("/api", StringComparison.Ordinal) && !path.Path.StartsWith("/apis", StringComparison.Ordinal);
        var isRoot = path.Version is null or "" && path.Group.Length == 0;
        if (isRoot && WantsAggregated(context))
        {
            await WriteAggregatedAsync(context, isCore).ConfigureAwait(false);
            return;
        }

        var document = isRoot
            ? (isCore ? LegacyDiscovery.CoreVersions(context.Request.Host.Value ?? "") : LegacyDiscovery.GroupList(snapshot))
            : string.IsNullOrEmpty(path.Version) ? LegacyDiscovery.Group(snapshot, path.Group) : LegacyDiscovery.Resources(snapshot, path.Group, path.Version);
        if (document is not null)
        {
            var representation = Representation.Negotiate(context.Request.Headers.Accept, ResourceEndpoint.IsPretty(context.Request), custom: true, isList: false);
            await ResponseWriter.ObjectAsync(context, 200, document, representation).ConfigureAwait(false);
        }
        else if (!string.IsNullOrEmpty(path.Version) && snapshot.Types.Any(type => !type.IsCustom && type.Group == path.Group))
        {
            throw new StatusException(404, "NotFound", "the server could not find the requested resource", JsonObject.Empty);
        }
        else
        {
            await ResponseWriter.PageNotFoundAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the aggregated form comes before any other that the client accepts and this server knows.</summary>
    private static bool WantsAggregated(HttpContext context)
    {
        foreach (var clause in AcceptClause.Parse(context.Request.Headers.Accept))
        {
            if (clause is { MediaType: "application/json", As: "APIGroupDiscoveryList", Group: "apidiscovery.k8s.io", Version: "v2" })
                return true;
            if (clause.As is null && clause.MediaType is "application/json" or "application/yaml" or "*/*")
                return false;
        }

        return false;
    }

    private async Task WriteAggregatedAsync(HttpContext context, bool isCore)
    {
        var document = Document(isCore);
        var headers = context.Response.Headers;
        headers.ETag = document.Tag;
        headers.Vary = "Accept";
        headers.CacheControl = "public";
        if (context.Request.Headers.IfNoneMatch == document.Tag)
        {
            headers.Remove("Cache-Control");
            context.Response.StatusCode = 304;
            return;
        }

        await ResponseWriter.BytesAsync(context, 200, document.Bytes, AggregatedDiscovery.ContentType).ConfigureAwait(false);
    }

    private Aggregated Document(bool isCore)
    {
        var snapshot = registry.Current;
        lock (_gate)
        {
            if (_cachedNumber != snapshot.Number)
            {
                (_core, _groups) = (null, null);
                _cachedNumber = snapshot.Number;
            }

            return isCore ? _core ??= Encode(AggregatedDiscovery.Core(snapshot)) : _groups ??= Encode(AggregatedDiscovery.Groups(snapshot));
        }
    }

    private static Aggregated Encode(JsonObject document)
    {
        var bytes = JsonText.ToUtf8(document);
        return new Aggregated(bytes, $"\"{Convert.ToHexString(SHA512.HashData(bytes))}\"");
    }

    private sealed record Aggregated(byte[] Bytes, string Tag);
}
