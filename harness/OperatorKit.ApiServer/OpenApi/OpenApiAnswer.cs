namespace OperatorKit.ApiServer.OpenApi;

/// <summary>What to send for a request about OpenAPI.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; empty where there is none.</param>
/// <param name="ETag">The entity tag, in quotes; null where there is none. A matching If-None-Match may be answered with 304.</param>
internal sealed record OpenApiAnswer(int Status, ReadOnlyMemory<byte> Body, string? ETag)
{
    public static OpenApiAnswer NotFound { get; } = new(404, default, null);

    /// <summary>Where the client has to ask instead; null unless <see cref="Status"/> is 301.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the document under this URL never changes, so that the client may keep it.</summary>
    public bool IsImmutable { get; init; }

    public static OpenApiAnswer Of(PublishedDocument document) => new(200, document.Body, $"\"{document.Hash}\"");

    public static OpenApiAnswer Immutable(PublishedDocument document) => Of(document) with { IsImmutable = true };

    public static OpenApiAnswer Moved(string location) => new(301, default, null) { Location = location };
}
