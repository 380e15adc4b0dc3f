using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>One request and its answer, without a socket between them.</summary>
internal sealed class InMemoryExchange : IHttpResponseBodyFeature, IHttpRequestLifetimeFeature, IHttpResponseFeature, IDisposable
{
    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpRequestMessage _message;
    private readonly DefaultHttpContext _context;
    private IOException? _cut;

    public InMemoryExchange(HttpRequestMessage message, Stream body)
    {
        _message = message;
        Stream = new StartingStream(_pipe.Writer, () => _started.TrySetResult());
        RequestAborted = _aborted.Token;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Body = body });
        features.Set<IHttpResponseFeature>(this);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        _context = new DefaultHttpContext(features);
        Fill(_context.Request, message);
    }

    /// <summary>Completes when status and headers stand.</summary>
    public Task Started => _started.Task;

    public Stream Stream { get; }

    public PipeWriter Writer => _pipe.Writer;

    public CancellationToken RequestAborted { get; set; }

    public int StatusCode { get; set; } = 200;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => throw new NotSupportedException();
    }

    public bool HasStarted => _started.Task.IsCompleted;

    public async Task RunAsync(Func<HttpContext, Task> handle)
    {
        try
        {
            await handle(_context).ConfigureAwait(false);
            _started.TrySetResult();
        }
        catch (Exception e)
        {
            _started.TrySetException(new HttpRequestException("The server failed to answer.", e));
            Cut(new IOException("The server closed the connection.", e));
        }
        finally
        {
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    public void Abort()
    {
        _aborted.Cancel();
        _started.TrySetCanceled(_aborted.Token);
        Cut(new IOException("The request was aborted."));
    }

    public HttpResponseMessage ToResponse(Task running)
    {
        var response = new HttpResponseMessage((HttpStatusCode)StatusCode) { RequestMessage = _message, Content = new StreamContent(new AnswerStream(this, running)) };
        foreach (var (name, values) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                response.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return response;
    }

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task CompleteAsync()
    {
        _started.TrySetResult();
        await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
    }

    public void Dispose() => _aborted.Dispose();

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void OnStarting(Func<object, Task> callback, object state)
    {
    }

    public void OnCompleted(Func<object, Task> callback, object state)
    {
    }

    /// <summary>
    /// Ends the answer. The writer is left alone, which may be in use, and the reader still gets what was written:
    /// only then does it hear that there is no more.
    /// </summary>
    private void Cut(IOException cause)
    {
        Interlocked.CompareExchange(ref _cut, cause, null);
        _pipe.Reader.CancelPendingRead();
    }

    private static void Fill(HttpRequest request, HttpRequestMessage message)
    {
        var uri = message.RequestUri ?? throw new InvalidOperationException("The request has no address; give it an absolute one.");
        request.Method = message.Method.Method;
        request.Scheme = uri.Scheme;
        request.Host = HostString.FromUriComponent(uri);
        request.Path = PathString.FromUriComponent(uri);
        request.QueryString = QueryString.FromUriComponent(uri);
        request.Protocol = "HTTP/1.1";
        foreach (var (name, values) in message.Headers)
            request.Headers[name] = new StringValues(name is "Accept" ? string.Join(", ", values) : name is "User-Agent" ? string.Join(' ', values) : string.Join(", ", values));
        if (message.Content is not { } content)
            return;
        foreach (var (name, values) in content.Headers)
            request.Headers[name] = new StringValues([.. values]);
        request.ContentLength = content.Headers.ContentLength;
    }

    /// <summary>The body as the client reads it; disposing it is how a client leaves a watch.</summary>
    private sealed class AnswerStream(InMemoryExchange exchange, Task running) : Stream
    {
        private readonly PipeReader _reader = exchange._pipe.Reader;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (true)
            {
                // Once the answer is cut, only what is there already counts: its writer may never end.
                ReadResult result;
                if (Volatile.Read(ref exchange._cut) is not { } cut)
                    result = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                else if (!_reader.TryRead(out result))
                    throw new IOException(cut.Message, cut);
                // The sequence is gone once the reader has moved on.
                var length = (int)Math.Min(buffer.Length, result.Buffer.Length);
                var taken = result.Buffer.Slice(0, length);
                taken.CopyTo(buffer.Span);
                _reader.AdvanceTo(taken.End);
                if (length > 0 || buffer.IsEmpty)
                    return length;
                if (Volatile.Read(ref exchange._cut) is { } late)
                    throw new IOException(late.Message, late);
                if (result.IsCompleted)
                    return 0;
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        // A stream has to have it; who reads with it waits.
        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                if (!running.IsCompleted)
                    exchange._aborted.Cancel();
                _reader.Complete();
            }

            base.Dispose(disposing);
        }
    }
}
