using System.Buffers;
using System.Text.Json;

namespace OperatorKit.Serialization;

/// <summary>JSON in memory that goes back to the pool: bodies and comparisons of a run live no longer than the run.</summary>
internal sealed class PooledJson : IBufferWriter<byte>, IDisposable
{
    [ThreadStatic]
    private static Utf8JsonWriter? _kept;

    private byte[] _buffer;
    private int _length;

    private PooledJson(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>What has been written; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>What has been written; valid until disposed.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Writes JSON.</summary>
    /// <param name="state">What to write.</param>
    /// <param name="write">Writes it; static, so that nothing is captured.</param>
    public static PooledJson Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var json = new PooledJson(2048);
        try
        {
            // Taken away while in use: what is written may be made by writing something else.
            var writer = _kept ?? new Utf8JsonWriter(json);
            _kept = null;
            writer.Reset(json);
            write(writer, state);
            writer.Flush();
            _kept = writer;
            return json;
        }
        catch
        {
            json.Dispose();
            throw;
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Grow(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 256);
        if (needed <= _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
