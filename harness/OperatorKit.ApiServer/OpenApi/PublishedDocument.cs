using System.Security.Cryptography;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>A document as it is sent, and the hash that it is known by.</summary>
internal sealed class PublishedDocument
{
    private readonly Lazy<byte[]> _body;

    private PublishedDocument(string hash, Lazy<byte[]> body)
    {
        Hash = hash;
        _body = body;
    }

    public string Hash { get; }

    public ReadOnlyMemory<byte> Body => _body.Value;

    /// <summary>A document that is known by its content.</summary>
    public static PublishedDocument Of(JsonObject document) => Of(JsonText.ToUtf8(document));

    /// <inheritdoc cref="Of(JsonObject)"/>
    public static PublishedDocument Of(byte[] body) => new(Convert.ToHexString(SHA256.HashData(body)), new Lazy<byte[]>(body));

    /// <summary>A document whose hash is known before it is written.</summary>
    public static PublishedDocument Known(string hash, Func<JsonObject> write) => new(hash, new Lazy<byte[]>(() => JsonText.ToUtf8(write())));
}
