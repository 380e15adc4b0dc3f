using System.Collections.Concurrent;

namespace OperatorKit.Tests.Samples;

/// <summary>Notes each request on its way to the server, and can break the connection.</summary>
internal sealed class RecordingHandler(Func<HttpMessageHandler> server) : HttpMessageHandler
{
    private readonly ConcurrentQueue<string> _writes = new();
    private HttpMessageInvoker? _invoker;
    private CancellationTokenSource _cut = new();
    private CancellationTokenSource _cutWatches = new();

    /// <summary>Method and path of each request that writes, Events, leases and reviews left out.</summary>
    public IReadOnlyList<string> Writes => [.. _writes];

    /// <summary>Makes an answer instead of the server; null lets the request through.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Intercept { get; set; }

    /// <summary>Happens between the sending of a request and its arrival.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task>? OnTheWay { get; set; }

    /// <summary>Whether the answer to a request that the server has carried out gets lost.</summary>
    public Func<HttpRequestMessage, bool>? LosesAnswer { get; set; }

    /// <summary>Happens between the server's answer and its arrival.</summary>
    public Func<HttpRequestMessage, Task>? OnTheWayBack { get; set; }

    public void Clear() => _writes.Clear();

    /// <summary>Goes to another server from now on, and breaks what is under way.</summary>
    public void Reconnect()
    {
        _invoker = null;
        Interlocked.Exchange(ref _cut, new CancellationTokenSource()).Cancel();
        BreakWatches();
    }

    /// <summary>Breaks the watches, and no write whose answer is still on its way.</summary>
    public void BreakWatches() => Interlocked.Exchange(ref _cutWatches, new CancellationTokenSource()).Cancel();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method != HttpMethod.Get && !path.Contains("/events", StringComparison.Ordinal) && !path.Contains("/leases", StringComparison.Ordinal)
            && !path.Contains("review", StringComparison.Ordinal))
            _writes.Enqueue($"{request.Method} {path}");
        if (Intercept?.Invoke(request) is { } answer)
            return answer;
        if (OnTheWay is { } onTheWay)
            await onTheWay(request, cancellationToken);
        var isWatch = request.RequestUri.Query.Contains("watch=true", StringComparison.Ordinal);
        var cut = (isWatch ? _cutWatches : _cut).Token;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cut, cancellationToken);
        try
        {
            var response = await (_invoker ??= new HttpMessageInvoker(server(), disposeHandler: false)).SendAsync(request, either.Token);
            if (OnTheWayBack is { } onTheWayBack)
                await onTheWayBack(request);
            if (LosesAnswer?.Invoke(request) == true)
            {
                response.Dispose();
                throw new HttpRequestException("The answer was lost.");
            }

            if (!isWatch)
                return response;
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            response.Content = new StreamContent(new BreakableStream(body, cut));
            return response;
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            throw new HttpRequestException("The connection broke.");
        }
    }
}

/// <summary>A stream that fails once it is cut.</summary>
internal sealed class BreakableStream(Stream inner, CancellationToken cut) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cut, cancellationToken);
        try
        {
            return await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            throw new IOException("The connection broke.");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
