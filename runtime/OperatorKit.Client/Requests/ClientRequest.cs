using System.Net;

namespace OperatorKit.Client;

/// <summary>A request that was sent, for metrics, traces and the timeline of a test. A request that is sent again is reported again.</summary>
public sealed record ClientRequest
{
    internal ClientRequest(ApiRequest request, int attempt, HttpStatusCode? code, TimeSpan duration)
    {
        Method = request.Method;
        Verb = request.Verb;
        Definition = request.Definition;
        Namespace = request.Namespace;
        Name = request.Name;
        Subresource = request.Subresource;
        Path = request.Path;
        Body = request.Body;
        Attempt = attempt;
        Code = code;
        Duration = duration;
    }

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The verb as role rules spell it, as in <c>watch</c>.</summary>
    public string Verb { get; }

    /// <summary>The kind; null for discovery.</summary>
    public ResourceDefinition? Definition { get; }

    /// <summary>The namespace; null for all, and for kinds of the cluster.</summary>
    public string? Namespace { get; }

    /// <summary>The object; null for a list, a watch or a create.</summary>
    public string? Name { get; }

    /// <summary>The subresource, as in <c>status</c>; null for the object itself.</summary>
    public string? Subresource { get; }

    /// <summary>Path and query.</summary>
    public string Path { get; }

    /// <summary>The body as UTF-8; empty for a read.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>1 for a request that is sent for the first time, more for one that is sent again.</summary>
    public int Attempt { get; }

    /// <summary>The answer; null when there was none.</summary>
    public HttpStatusCode? Code { get; }

    /// <summary>How long the answer took to begin.</summary>
    public TimeSpan Duration { get; }
}
