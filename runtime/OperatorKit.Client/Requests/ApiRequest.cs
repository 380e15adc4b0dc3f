namespace OperatorKit.Client;

/// <summary>One request to the API, before anything about connections and credentials.</summary>
internal sealed record ApiRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>Path and query, relative to the server.</summary>
    public required string Path { get; init; }

    /// <summary>The verb as role rules spell it.</summary>
    public required string Verb { get; init; }

    public string Accept { get; init; } = MediaTypes.Json;

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public bool AcceptGzip { get; init; }

    /// <summary>Whether sending it twice does the same as sending it once.</summary>
    public bool IsRepeatable { get; init; }

    public ResourceDefinition? Definition { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? Subresource { get; init; }

    /// <summary>The request as an error message names it, as in <c>patch simpleapps.example.com/status default/web</c>.</summary>
    public string Describe()
    {
        if (Definition is null)
        {
            return $"{Method} {Path}";
        }

        var resource = Subresource is null ? Definition.QualifiedName : $"{Definition.QualifiedName}/{Subresource}";
        var target = (Namespace, Name) switch
        {
            (null, null) => "",
            (null, _) => $" {Name}",
            (_, null) => $" in {Namespace}",
            _ => $" {Namespace}/{Name}",
        };
        return $"{Verb} {resource}{target}";
    }
}

internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Apply = "application/apply-patch+yaml";
    public const string Merge = "application/merge-patch+json";
    public const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    public const string MetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
}
