using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using OperatorKit.ApiServer.Faults;
using OperatorKit.ApiServer.Hosting;
using OperatorKit.ApiServer.Timelines;
using IPEndPoint = System.Net.IPEndPoint;

namespace OperatorKit.ApiServer;

/// <summary>
/// A Kubernetes API server inside this process: the API of kube-apiserver 1.36 over HTTP(S) or without a socket,
/// with nothing to install and its state in memory. Disposing it ends every request and forgets the state.
/// </summary>
/// <remarks>See https://kubernetes.io/docs/reference/using-api/api-concepts/ for the protocol.</remarks>
public sealed class KubernetesApiServer : IAsyncDisposable
{
    private readonly ApiServerOptions _options;
    private readonly ServerCertificate? _certificate;
    private readonly RequestGate _gate;
    private ClusterState? _cluster;
    private HttpListener? _listener;
    private int _port;
    private bool _stopped;

    private KubernetesApiServer(ApiServerOptions options)
    {
        _options = options;
        _certificate = options.Https ? ServerCertificate.OfThisProcess : null;
        Timeline = new Timeline(options.TimelineLength);
        _gate = new RequestGate(options.Time, Timeline, Faults);
    }

    /// <summary>
    /// Where the server listens: <c>http://127.0.0.1:34567/</c>. Without a socket an address that only <see cref="CreateHandler"/> understands.
    /// </summary>
    public Uri Address => field ??= new Uri(Origin);

    /// <summary>What is to go wrong. Default: nothing.</summary>
    public FaultInjector Faults { get; } = new();

    /// <summary>What happened so far.</summary>
    public Timeline Timeline { get; }

    /// <summary>The resource version of the last write.</summary>
    public long Revision => Cluster.Operations.Store.Revision;

    /// <summary><see cref="Address"/> as text: the class takes a cold process longer than it seems.</summary>
    internal string Origin => !_options.Listen
        ? "http://operatorkit.invalid"
        : string.Create(CultureInfo.InvariantCulture, $"{(_options.Https ? "https" : "http")}://{new IPEndPoint(_options.Address, _port)}");

    internal ClusterState Cluster => _cluster ?? throw new InvalidOperationException("The server has not started yet.");

    /// <summary>Starts a server; it answers when the task completes.</summary>
    /// <exception cref="ArgumentException">Client certificates are asked for, and not HTTPS.</exception>
    /// <exception cref="FormatException">The token file or the file of client certificate authorities cannot be read.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<KubernetesApiServer> StartAsync(ApiServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options is { ClientCaFile: not null, Https: false })
            throw new ArgumentException($"{nameof(ApiServerOptions.ClientCaFile)} needs {nameof(ApiServerOptions.Https)}: a client shows its certificate in the TLS handshake.", nameof(options));
        var server = new KubernetesApiServer(options ?? new ApiServerOptions());
        try
        {
            await server.PrepareAsync(cancellationToken).ConfigureAwait(false);
            server.Cluster.Start();
            server._gate.Open(server.Cluster);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Stops answering, as a crashed server does: connections and watches break, new ones are refused. The state and the controllers stay.
    /// </summary>
    public async Task StopAsync()
    {
        _stopped = true;
        _gate.Close();
        if (_listener is { } listener)
            await listener.DisposeAsync().ConfigureAwait(false);
        _listener = null;
    }

    /// <summary>Answers again after <see cref="StopAsync"/>, at the same address.</summary>
    /// <param name="forget">Whether to begin with a new, empty cluster, as if the disk had been lost. Default: false.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">The server is not stopped.</exception>
    public async Task StartAgainAsync(bool forget = false, CancellationToken cancellationToken = default)
    {
        if (!_stopped)
            throw new InvalidOperationException($"The server is running. Call {nameof(StopAsync)} first.");
        if (forget)
        {
            await Cluster.DisposeAsync().ConfigureAwait(false);
            _cluster = NewCluster();
            Cluster.Start();
        }

        _stopped = false;
        _gate.Open(Cluster);
        if (_options.Listen)
            await ListenAsync(_port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The objects as they were right after the write with that resource version.</summary>
    public PastState At(long revision) => new(Cluster.Operations, revision);

    /// <summary>A handler for <see cref="HttpClient"/> that reaches the server without a socket. Independent of <see cref="Address"/>: any host is this server.</summary>
    public HttpMessageHandler CreateHandler() => new InMemoryHandler(_gate.HandleAsync);

    /// <summary>A kubeconfig file for this server, as text.</summary>
    /// <param name="token">The bearer token to put in. Default: the first of the token file, or none.</param>
    public string Kubeconfig(string? token = null)
    {
        // kubectl asks for a name and password where HTTPS comes without credentials; a server without authentication takes any token.
        token ??= Cluster.FirstToken ?? (_options is { Https: true, ClientCaFile: null } ? "anyone" : null);
        return Hosting.Kubeconfig.Write(Origin, _certificate?.Pem, token is null ? [] : [("token", token)]);
    }

    /// <summary>A kubeconfig file for a client with a certificate of its own, as text; the private key is in it.</summary>
    /// <param name="certificate">The client's certificate, with a private key that can be exported.</param>
    /// <exception cref="ArgumentException">The certificate has no RSA or ECDSA key that can be exported.</exception>
    public string Kubeconfig(X509Certificate2 certificate) => Hosting.Kubeconfig.Write(
        Origin,
        _certificate?.Pem,
        [("client-certificate-data", Hosting.Kubeconfig.Data(certificate.ExportCertificatePem())), ("client-key-data", Hosting.Kubeconfig.Data(Hosting.Kubeconfig.KeyOf(certificate)))]);

    /// <summary>Completes when none of the server's own controllers has anything left to do.</summary>
    public Task QuiesceAsync(CancellationToken cancellationToken = default) => Cluster.Pending.WhenIdleAsync(cancellationToken);

    /// <summary>Forgets all history: watches and lists that need it get 410 Expired.</summary>
    public void Compact() => Cluster.Operations.Store.Compact();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
            await _listener.DisposeAsync().ConfigureAwait(false);
        if (_cluster is not null)
            await _cluster.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Neither the listener nor the cluster needs the other before the first request, and a cold process takes its time for each.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var listening = _options.Listen ? Task.Run(() => ListenAsync(_options.Port, cancellationToken), cancellationToken) : Task.CompletedTask;
        try
        {
            _cluster = NewCluster();
        }
        finally
        {
            await listening.ConfigureAwait(false);
        }
    }

    private ClusterState NewCluster()
    {
        var cluster = new ClusterState(_options, _certificate?.Pem ?? "");
        cluster.Operations.Store.Observe((resource, change) => Timeline.Add(new ObjectEntry(_options.Time.GetUtcNow(), resource, change)));
        return cluster;
    }

    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        _listener = await HttpListener.StartAsync(_options.Address, port, _certificate, _options.ClientCaFile is not null, _gate.HandleAsync, cancellationToken).ConfigureAwait(false);
        _port = _listener.Port;
    }
}
