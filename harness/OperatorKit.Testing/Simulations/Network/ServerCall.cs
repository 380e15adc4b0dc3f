using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace OperatorKit.Testing.Simulations.Network;

/// <summary>What goes over the wire to a server.</summary>
internal sealed record WireRequest(string Method, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string Path => Address.AbsolutePath;

    public bool IsWatch => Address.Query.Contains("watch=true", StringComparison.Ordinal);

    /// <summary>Whether it is a watch that begins with a list.</summary>
    public bool IsStreamedList => Address.Query.Contains("sendInitialEvents=true", StringComparison.Ordinal);

    public bool IsWrite => Method != "GET" && !Path.EndsWith("reviews", StringComparison.Ordinal);

    public bool IsLease => Path.Contains("/leases", StringComparison.Ordinal);

    public bool IsEvent => Path.Contains("/apis/events.k8s.io/", StringComparison.Ordinal);

    /// <summary>What a client sends.</summary>
    public static WireRequest Of(HttpRequestMessage request)
    {
        List<KeyValuePair<string, string>> headers = [.. request.Headers.Select(static header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))];
        var body = new MemoryStream();
        if (request.Content is { } content)
        {
            headers.AddRange(content.Headers.Select(static header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value))));
            content.CopyTo(body, null, CancellationToken.None);
        }

        return new WireRequest(request.Method.Method, request.RequestUri!, headers, body.ToArray());
    }
}

/// <summary>One request in the hands of a server, the cluster's or that of a webhook. It is worked off on the thread of the simulation.</summary>
internal sealed class ServerCall : IHttpRequestLifetimeFeature
{
    private readonly HttpResponseFeature _answer = new();
    private readonly Func<byte[]> _take;
    private readonly Action _abort;
    private readonly StreamResponseBodyFeature _body;
    private readonly DefaultHttpContext _context;

    private ServerCall(WireRequest request)
    {
        Request = request;
        var aborted = new CancellationTokenSource();
        RequestAborted = aborted.Token;
        _abort = aborted.Cancel;
        var bytes = new ResponseBytes(() => Progress?.Invoke());
        _take = bytes.Take;
        _body = new StreamResponseBodyFeature(bytes);
        var features = new FeatureCollection();
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers)
            headers[name] = new StringValues(value);
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method,
            Scheme = request.Address.Scheme,
            Path = PathString.FromUriComponent(request.Address),
            QueryString = request.Address.Query,
            Protocol = "HTTP/1.1",
            Headers = headers,
            Body = new MemoryStream(request.Body),
        });
        features.Set<IHttpResponseFeature>(_answer);
        features.Set<IHttpResponseBodyFeature>(_body);
        features.Set<IHttpRequestLifetimeFeature>(this);
        _context = new DefaultHttpContext(features);
    }

    public WireRequest Request { get; }

    public CancellationToken RequestAborted { get; set; }

    public int Status => _answer.StatusCode;

    public IHeaderDictionary Headers => _answer.Headers;

    /// <summary>What of the body nobody has taken yet.</summary>
    public byte[] TakeBytes() => _take();

    /// <summary>Whether the server is done with it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Called when there are bytes, and when the answer is over. Only for what comes after <see cref="Begin"/>.</summary>
    public Action? Progress { get; set; }

    /// <summary>Hands a request to a server.</summary>
    public static ServerCall Begin(Func<HttpContext, Task> server, WireRequest request)
    {
        var call = new ServerCall(request);
        _ = call.RunAsync(server);
        return call;
    }

    public void Abort() => _abort();

    /// <summary>The answer as a client gets it.</summary>
    /// <param name="content">The body.</param>
    public HttpResponseMessage Response(HttpContent content)
    {
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = content };
        foreach (var (name, values) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values) && name != "Content-Length")
                content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return response;
    }

    private async Task RunAsync(Func<HttpContext, Task> server)
    {
        try
        {
            await server(_context).ConfigureAwait(false);
            await _body.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception) when (RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has left; nobody waits for the rest.
        }

        IsOver = true;
        Progress?.Invoke();
    }

    private sealed class ResponseBytes(Action written) : MemoryStream
    {
        public byte[] Take()
        {
            var bytes = ToArray();
            SetLength(0);
            return bytes;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            written();
            return ValueTask.CompletedTask;
        }
    }
}
