using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Sends requests: credentials, retries, deadlines, warnings, errors.</summary>
internal sealed class ApiTransport : IDisposable
{
    private readonly ClusterConnection _connection;
    private readonly KubernetesClientOptions _options;
    private readonly HttpMessageInvoker _invoker;
    private readonly Authorization _authorization;
    private readonly ServerWarnings _warnings;
    private readonly RequestObservers _observers;
    private readonly string _server;
    private readonly CancellationToken _bound;
    private readonly bool _isShared;

    public ApiTransport(ClusterConnection connection, KubernetesClientOptions options)
    {
        _connection = connection;
        _options = options;
        _authorization = new Authorization(connection, options.TimeProvider);
        _warnings = new ServerWarnings(options.OnWarning);
        _observers = new RequestObservers(options.OnRequest);
        _invoker = options.Handler is { } handler
            ? new HttpMessageInvoker(handler, disposeHandler: false)
            : new HttpMessageInvoker(ClusterHandler.Create(connection, _authorization, options), disposeHandler: true);
        _server = connection.Server.AbsoluteUri.TrimEnd('/');
    }

    private ApiTransport(ApiTransport shared, CancellationToken bound)
    {
        _connection = shared._connection;
        _options = shared._options;
        _authorization = shared._authorization;
        _warnings = shared._warnings;
        _observers = shared._observers;
        _invoker = shared._invoker;
        _server = shared._server;
        _bound = bound;
        _isShared = true;
    }

    public KubernetesClientOptions Options => _options;

    public ClusterConnection Connection => _connection;

    public RequestObservers Observers => _observers;

    /// <summary>The same connections, for requests that end when a token is cancelled.</summary>
    public ApiTransport BoundTo(CancellationToken token) => new(this, token);

    /// <summary>Sends a request and reads the whole answer.</summary>
    public async Task<PooledBody> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _options.TimeProvider);
        using var either = Link(deadline.Token, cancellationToken);
        try
        {
            return await SendWithRetriesAsync(
                request,
                static async (response, token) =>
                {
                    using (response)
                    {
                        return await PooledBody.ReadAsync(response.Content, token);
                    }
                },
                either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ClusterUnreachableException(
                $"{request.Describe()}: {_connection.Server} did not answer within {_options.RequestTimeout.TotalSeconds:0} s. "
                + "Try again; raise KubernetesClientOptions.RequestTimeout for a slow cluster.");
        }
    }

    /// <summary>Sends a request and leaves the answer's body to be read as it comes.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var either = Link(cancellationToken, CancellationToken.None);
        return await SendWithRetriesAsync(request, static (response, _) => Task.FromResult(response), either.Token);
    }

    public void Dispose()
    {
        if (_isShared)
            return;
        _invoker.Dispose();
        _authorization.Dispose();
    }

    private CancellationTokenSource Link(CancellationToken first, CancellationToken second)
    {
        // Said here, for a token that is cancelled from the start says nothing of why.
        if (_bound.IsCancellationRequested)
            throw new OperationCanceledException("The work that this client was made for is over: it sends nothing any more.", _bound);
        return _bound.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(first, second, _bound)
            : CancellationTokenSource.CreateLinkedTokenSource(first, second);
    }

    private async Task<TResult> SendWithRetriesAsync<TResult>(
        ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<TResult>> read, CancellationToken cancellationToken)
    {
        var isAuthorizationRenewed = false;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? wait;
            try
            {
                var response = await SendOnceAsync(request, attempt, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    _warnings.Report(response);
                    return await read(response, cancellationToken);
                }

                using (response)
                {
                    if (response.StatusCode == HttpStatusCode.Unauthorized && !isAuthorizationRenewed && _authorization.CanRenew)
                    {
                        isAuthorizationRenewed = true;
                        _authorization.Forget(SentAuthorization(response));
                        continue;
                    }

                    wait = attempt > _options.MaxRetries ? null : RetryRule.AfterAnswer(
                        attempt, request.IsRepeatable, response.StatusCode, RetryAfter(response), _options.Jitter.NextDouble());
                    if (wait is null)
                    {
                        throw await ReadErrorAsync(request, response, cancellationToken);
                    }
                }
            }
            catch (Exception exception) when (ConnectionErrors.IsOne(exception, cancellationToken))
            {
                var error = ConnectionErrors.KindOf(exception);
                wait = attempt > _options.MaxRetries ? null : RetryRule.AfterFailure(attempt, request.IsRepeatable, error, _options.Jitter.NextDouble());
                if (wait is null)
                {
                    throw ConnectionErrors.ToException(_connection, exception);
                }
            }

            await _options.TimeProvider.WaitAsync(wait.Value, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, int attempt, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(_server + request.Path));
        if (_connection.Server.Scheme == Uri.UriSchemeHttps)
        {
            message.Version = HttpVersion.Version20;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        // SocketsHttpHandler takes the name to ask for and to verify in TLS from here, and from nowhere else.
        var headers = message.Headers;
        headers.Host = _connection.TlsServerName;
        headers.TryAddWithoutValidation("Accept", request.Accept);
        headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        if (request.AcceptGzip && !_connection.DisableCompression)
        {
            headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        }

        await _authorization.AddAsync(headers, cancellationToken);
        if (request.ContentType is not null)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        using var activity = RequestActivity.Start(request, _connection.Server);
        var start = _options.TimeProvider.GetTimestamp();
        HttpResponseMessage? response = null;
        try
        {
            response = await _invoker.SendAsync(message, cancellationToken);
            RequestActivity.End(activity, response.StatusCode);
            return response;
        }
        catch (Exception exception)
        {
            RequestActivity.Fail(activity, exception);
            throw;
        }
        finally
        {
            _observers.Tell?.Invoke(new ClientRequest(request, attempt, response?.StatusCode, _options.TimeProvider.GetElapsedTime(start)));
        }
    }

    private static string? SentAuthorization(HttpResponseMessage response) =>
        response.RequestMessage?.Headers.NonValidated.TryGetValues("Authorization", out var values) == true ? values.ToString() : null;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _options.TimeProvider.GetUtcNow(),
        _ => null,
    };

    private async Task<KubernetesException> ReadErrorAsync(ApiRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await PooledBody.ReadAsync(response.Content, cancellationToken);
        var status = ReadStatus(body.Span);
        var isStatusBody = status is not null;
        status ??= new V1Status { Status = "Failure", Message = System.Text.Encoding.UTF8.GetString(body.Span[..Math.Min(body.Span.Length, 500)]).Trim() };
        status.Code ??= (int)response.StatusCode;
        return StatusErrors.ToException(request, status, isStatusBody, _connection.Source);
    }

    private static V1Status? ReadStatus(ReadOnlySpan<byte> json)
    {
        // A proxy in between answers with text or HTML.
        if (!json.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return V1Status.ReadJson(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
