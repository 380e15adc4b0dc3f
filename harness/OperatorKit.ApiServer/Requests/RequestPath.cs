using Microsoft.AspNetCore.Http;

namespace OperatorKit.ApiServer.Requests;

/// <summary>What the path of a request says. Everything that is not about a resource has <see cref="Resource"/> null.</summary>
internal sealed record RequestPath
{
    public required string Path { get; init; }

    public string Group { get; init; } = "";

    /// <summary>Null where the path ends before it: <c>/apis/apps</c>.</summary>
    public string? Version { get; init; }

    public string? Resource { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    /// <summary>Everything after the name: <c>status</c>, <c>proxy/a/b</c>.</summary>
    public string? Subresource { get; init; }

    /// <summary>The old form <c>/api/v1/watch/…</c>.</summary>
    public bool IsWatch { get; init; }

    /// <summary>Whether the path begins with <c>/api</c> or <c>/apis</c>.</summary>
    public bool IsApi { get; init; }

    /// <summary>What the path of a request says; read once, however many ask.</summary>
    public static RequestPath Of(HttpContext context)
    {
        if (context.Features.Get<RequestPath>() is { } known)
            return known;
        var path = Parse(context.Request.Path.Value ?? "/");
        context.Features.Set(path);
        return path;
    }

    public static RequestPath Parse(string path)
    {
        // A slash stays escaped in the path that the host gives; upstream it divides like any other.
        path = path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var parts = path.Trim('/').Split('/', StringSplitOptions.None);
        var result = new RequestPath { Path = path };
        ReadOnlySpan<string> rest;
        switch (parts[0])
        {
            case "api":
                result = result with { IsApi = true, Version = parts.Length > 1 ? parts[1] : null };
                rest = parts.AsSpan(Math.Min(2, parts.Length));
                break;
            case "apis":
                result = result with { IsApi = true, Group = parts.Length > 1 ? parts[1] : "", Version = parts.Length > 2 ? parts[2] : null };
                rest = parts.AsSpan(Math.Min(3, parts.Length));
                break;
            default:
                return result;
        }

        if (rest.Length > 0 && rest[0] == "watch")
        {
            result = result with { IsWatch = true };
            rest = rest[1..];
        }

        return rest.Length == 0 ? result : Resources(result, rest);
    }

    private static RequestPath Resources(RequestPath result, ReadOnlySpan<string> rest)
    {
        // "namespaces/x" is the namespace itself, "namespaces/x/status" a subresource of it, "namespaces/x/pods" what is in it.
        var insideNamespace = rest[0] == "namespaces" && rest.Length > 2 && rest[2] is not ("status" or "finalize");
        if (insideNamespace)
        {
            result = result with { Namespace = rest[1] };
            rest = rest[2..];
        }

        return result with
        {
            Resource = rest[0],
            Name = rest.Length > 1 && rest[1].Length > 0 ? rest[1] : null,
            Subresource = rest.Length > 2 ? string.Join('/', rest[2..].ToArray()) : null,
        };
    }
}
