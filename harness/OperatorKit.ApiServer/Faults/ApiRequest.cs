using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer;

/// <summary>A request as faults and the timeline see it. What its path does not name is "".</summary>
public sealed record ApiRequest
{
    /// <summary>Counts the requests of a server from 1.</summary>
    public long Number { get; init; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "";

    /// <summary><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> or <c>deletecollection</c>.</summary>
    public string Verb { get; init; } = "";

    /// <summary>The path without the query.</summary>
    public string Path { get; init; } = "";

    /// <summary>The query with its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The API group; "" for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The resource in plural: <c>deployments</c>.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The name of the object.</summary>
    public string Name { get; init; } = "";

    /// <summary>What follows the name: <c>status</c>.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The User-Agent header.</summary>
    public string UserAgent { get; init; } = "";

    internal static ApiRequest Of(HttpContext context, long number)
    {
        var path = RequestPath.Of(context);
        return new ApiRequest
        {
            Number = number,
            Method = context.Request.Method,
            Verb = RequestPipeline.Verb(context, path),
            Path = path.Path,
            Query = context.Request.QueryString.Value ?? "",
            Group = path.Group,
            Resource = path.Resource ?? "",
            Namespace = path.Namespace ?? "",
            Name = path.Name ?? "",
            Subresource = path.Subresource ?? "",
            UserAgent = context.Request.Headers.UserAgent.ToString(),
        };
    }
}
