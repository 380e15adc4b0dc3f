namespace OperatorKit.Testing.Simulations.Network;

/// <summary>The body of a watch as the operator reads it: waits until something is put in, the end is reached, or the connection breaks.</summary>
internal sealed class WatchPipe(Action closed) : Stream
{
    private readonly Queue<ReadOnlyMemory<byte>> _chunks = [];
    private TaskCompletionSource? _waiting;
    private Exception? _broken;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Put(ReadOnlyMemory<byte> chunk)
    {
        _chunks.Enqueue(chunk);
        Wake();
    }

    public void End()
    {
        _ended = true;
        Wake();
    }

    public void Break(Exception reason)
    {
        _broken = reason;
        Wake();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_chunks.Count == 0 && _broken is null && !_ended)
        {
            _waiting = new TaskCompletionSource();
            var waiting = _waiting;
            await using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiting).ConfigureAwait(false))
                await waiting.Task.ConfigureAwait(false);
        }

        if (_chunks.Count == 0)
            return _broken is null ? 0 : throw _broken;
        if (buffer.Length == 0)
            return 0;
        var chunk = _chunks.Dequeue();
        var length = Math.Min(chunk.Length, buffer.Length);
        chunk[..length].CopyTo(buffer);
        if (length < chunk.Length)
            PutBack(chunk[length..]);
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            closed();
        base.Dispose(disposing);
    }

    private void Wake() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();

    private void PutBack(ReadOnlyMemory<byte> rest)
    {
        var others = _chunks.ToArray();
        _chunks.Clear();
        _chunks.Enqueue(rest);
        foreach (var other in others)
            _chunks.Enqueue(other);
    }
}
