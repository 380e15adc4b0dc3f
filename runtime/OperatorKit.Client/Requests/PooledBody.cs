using System.Buffers;
using System.IO.Compression;

namespace OperatorKit.Client;

/// <summary>A whole response body in an array from the pool.</summary>
internal sealed class PooledBody : IDisposable
{
    private byte[] _array;
    private int _length;

    private PooledBody(int capacity) => _array = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, _length);

    public static async Task<PooledBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var isGzip = content.Headers.ContentEncoding.Contains("gzip");
        var expected = isGzip ? 0 : content.Headers.ContentLength ?? 0;
        var body = new PooledBody((int)Math.Clamp(expected + 1, 16 * 1024, 64 * 1024 * 1024));
        try
        {
            await using var raw = await content.ReadAsStreamAsync(cancellationToken);
            await using var stream = isGzip ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            while (await stream.ReadAsync(body._array.AsMemory(body._length), cancellationToken) is var read and > 0)
            {
                body._length += read;
                body.GrowWhenFull();
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        var array = _array;
        _array = [];
        _length = 0;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void GrowWhenFull()
    {
        if (_length < _array.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(_array.Length * 2));
        _array.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
