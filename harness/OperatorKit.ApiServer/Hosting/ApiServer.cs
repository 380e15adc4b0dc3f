using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Hosting;

namespace OperatorKit.ApiServer;

/// <summary>
/// A Kubernetes API server inside this process: the API of kube-apiserver 1.36 over HTTP(S) or without a socket,
/// with nothing to install and its state in memory. Disposing it ends every request and forgets the state.
/// </summary>
/// <remarks>See https://kubernetes.io/docs/reference/using-api/api-concepts/ for the protocol.</remarks>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly ClusterState _cluster;
    private readonly HttpListener? _listener;
    private readonly ServerCertificate? _certificate;

    private ApiServer(ClusterState cluster, HttpListener? listener, ServerCertificate? certificate)
    {
        _cluster = cluster;
        _listener = listener;
        _certificate = certificate;
    }

    /// <summary>
    /// Where the server listens: <c>http://127.0.0.1:34567/</c>. Without a socket an address that only <see cref="CreateHandler"/> understands.
    /// </summary>
    public Uri Address => _listener?.Address ?? new Uri("http://operatorkit.invalid/");

    internal ClusterState Cluster => _cluster;

    /// <summary>Starts a server; it answers when the task completes.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<ApiServer> StartAsync(ApiServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ApiServerOptions();
        var certificate = options.Https ? ServerCertificate.OfThisProcess : null;
        var cluster = new ClusterState(options, certificate?.Pem ?? "");
        HttpListener? listener = null;
        try
        {
            if (options.Listen)
                listener = await HttpListener.StartAsync(options.Address, options.Port, certificate, cluster.Pipeline.HandleAsync, cancellationToken).ConfigureAwait(false);
            cluster.Start();
            return new ApiServer(cluster, listener, certificate);
        }
        catch
        {
            if (listener is not null)
                await listener.DisposeAsync().ConfigureAwait(false);
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A handler for <see cref="HttpClient"/> that reaches the server without a socket. Independent of <see cref="Address"/>: any host is this server.</summary>
    public HttpMessageHandler CreateHandler() => new InMemoryHandler(_cluster.Pipeline.HandleAsync);

    /// <summary>A kubeconfig file for this server, as text.</summary>
    /// <param name="token">The bearer token to put in. Default: the first of the token file, or none.</param>
    public string Kubeconfig(string? token = null) => Hosting.Kubeconfig.Write(Address, _certificate?.Pem, token ?? _cluster.FirstToken);

    /// <summary>Completes when none of the server's own controllers has anything left to do.</summary>
    public Task QuiesceAsync(CancellationToken cancellationToken = default) => _cluster.Pending.WhenIdleAsync(cancellationToken);

    /// <summary>Forgets all history: watches and lists that need it get 410 Expired.</summary>
    public void Compact() => _cluster.Operations.Store.Compact();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
            await _listener.DisposeAsync().ConfigureAwait(false);
        await _cluster.DisposeAsync().ConfigureAwait(false);
    }
}
