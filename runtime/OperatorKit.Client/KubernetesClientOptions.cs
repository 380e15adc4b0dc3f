namespace OperatorKit.Client;

/// <summary>How a <see cref="KubernetesClient"/> behaves, whatever the cluster.</summary>
public sealed record KubernetesClientOptions
{
    /// <summary>Who writes, in <c>metadata.managedFields</c>, where the call does not say. Default: <c>operatorkit</c>.</summary>
    public string FieldManager { get; init; } = "operatorkit";

    /// <summary>The <c>User-Agent</c> of each request. Default: <c>operatorkit/</c> and the version.</summary>
    public string UserAgent { get; init; } = $"operatorkit/{typeof(KubernetesClientOptions).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>How often a request is sent again after 429, 5xx or a lost connection. Default: 5.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>How long a request other than a watch or a log may take, retries included. Default: 60 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// After how long without a byte from the server an HTTP/2 connection is asked whether it lives. Default: 30 seconds, as client-go's
    /// HTTP2_READ_IDLE_TIMEOUT_SECONDS; one second at least, <see cref="Timeout.InfiniteTimeSpan"/> for never.
    /// </summary>
    public TimeSpan KeepAlivePingDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer to that may take before the connection is taken for dead. Default: 15 seconds, as client-go's HTTP2_PING_TIMEOUT_SECONDS; one second at least.</summary>
    public TimeSpan KeepAlivePingTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Called with each distinct warning that the server sends, once. Default: none.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Called after each request, on the thread that sent it. Default: none.</summary>
    public Action<ClientRequest>? OnRequest { get; init; }

    /// <summary>The clock of deadlines and back-off. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// What sends the requests, as the in-memory handler of an API server in the same process does; certificates and the proxy of the
    /// connection do not apply to it. The client does not dispose it. Default: a <see cref="SocketsHttpHandler"/> made from the connection.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The jitter of retries; a simulation gives its own.</summary>
    internal Random Jitter { get; init; } = Random.Shared;
}
