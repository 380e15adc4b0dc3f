using System.Text;

namespace OperatorKit.Client;

/// <summary>A change to a stored object: a merge patch, or a JSON patch.</summary>
public sealed class Patch
{
    private Patch(string contentType, ReadOnlyMemory<byte> body)
    {
        ContentType = contentType;
        Body = body;
    }

    /// <summary>The media type that tells the server which kind of patch it is.</summary>
    public string ContentType { get; }

    /// <summary>The patch as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>A merge patch (RFC 7386): members given are set, null removes, lists are replaced whole.</summary>
    /// <param name="json">The patch, as in <c>{"spec":{"replicas":3}}</c>.</param>
    /// <returns>The patch.</returns>
    public static Patch Merge(string json) => new("application/merge-patch+json", Encoding.UTF8.GetBytes(json));

    /// <summary>A merge patch (RFC 7386): members given are set, null removes, lists are replaced whole.</summary>
    /// <param name="json">The patch as UTF-8.</param>
    /// <returns>The patch.</returns>
    public static Patch Merge(ReadOnlyMemory<byte> json) => new("application/merge-patch+json", json);

    /// <summary>A strategic merge patch: lists of built-in kinds merge by their keys. Custom resources do not take it.</summary>
    /// <param name="json">The patch.</param>
    /// <returns>The patch.</returns>
    public static Patch StrategicMerge(string json) => new("application/strategic-merge-patch+json", Encoding.UTF8.GetBytes(json));

    /// <summary>A JSON patch (RFC 6902): operations, all or none of which are applied.</summary>
    /// <param name="operations">The operations, in order.</param>
    /// <returns>The patch.</returns>
    public static Patch Json(params ReadOnlySpan<JsonPatchOperation> operations) =>
        new("application/json-patch+json", JsonPatchOperation.WriteAll(operations));
}
