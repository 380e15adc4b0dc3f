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
    private AggregatedDocument? _core;
    private AggregatedDocument? _groups;

    public async Task HandleAsync(HttpContext context, RequestPath path)
    {
        var snapshot = registry.Current;
        var isCore = path.Path.TrimEnd('/').StartsWith("/api", StringComparison.Ordinal) && !path.Path.StartsWith("/apis", StringComparison.Ordinal);
        var isRoot = path.Version is null or "" && path.Group.Length == 0;
        // Upstream a group alone answers every method.
        if (!HttpMethods.IsGet(context.Request.Method) && (isRoot || path.Version is { Length: > 0 }))
            throw Failures.MethodNotAllowed();
        if (isRoot && AggregatedFormat(context) is { } format)
        {
            await WriteAggregatedAsync(context, isCore, format).ConfigureAwait(false);
            return;
        }

        var document = isRoot
            ? (isCore ? LegacyDiscovery.CoreVersions(context.Request.Host.Value ?? "") : LegacyDiscovery.GroupList(snapshot))
            : string.IsNullOrEmpty(path.Version) ? LegacyDiscovery.Group(snapshot, path.Group) : LegacyDiscovery.Resources(snapshot, path.Group, path.Version);
        if (document is not null)
        {
            var representation = Representation.Negotiate(context.Request.Headers.Accept, ResourceEndpoint.IsPretty(context.Request), custom: !isRoot, isList: false, documents: true);
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

    /// <summary>The format of the aggregated form where that comes before any other that the client accepts and this server knows, else null.</summary>
    private static BodyFormat? AggregatedFormat(HttpContext context)
    {
        foreach (var clause in AcceptClause.Parse(context.Request.Headers.Accept))
        {
            BodyFormat? format = clause.MediaType switch
            {
                "application/json" or "*/*" => BodyFormat.Json,
                "application/yaml" => BodyFormat.Yaml,
                _ => null,
            };
            if (clause is { As: AggregatedDiscovery.Kind, Group: AggregatedDiscovery.ApiGroup, Version: "v2" } && format is not null)
                return format;
            if (clause.As is null && format is not null)
                return null;
        }

        return null;
    }

    private async Task WriteAggregatedAsync(HttpContext context, bool isCore, BodyFormat format)
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

        var bytes = format == BodyFormat.Json ? document.Bytes : YamlText.ToUtf8(JsonParser.Parse(document.Bytes).Value);
        await ResponseWriter.BytesAsync(context, 200, bytes, AggregatedDiscovery.ContentType(format)).ConfigureAwait(false);
    }

    private AggregatedDocument Document(bool isCore)
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

    private static AggregatedDocument Encode(JsonObject document)
    {
        var bytes = JsonText.ToUtf8(document);
        return new AggregatedDocument(bytes, $"\"{Convert.ToHexString(SHA512.HashData(bytes))}\"");
    }

    private sealed record AggregatedDocument(byte[] Bytes, string Tag);
}
