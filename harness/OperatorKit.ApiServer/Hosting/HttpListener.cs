using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>Kestrel without a host: no dependency injection, configuration or logging stands between start and listening.</summary>
internal sealed class HttpListener : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(1);

    private readonly KestrelServer _server;

    private HttpListener(KestrelServer server, int port)
    {
        _server = server;
        Port = port;
    }

    public int Port { get; }

    public static async Task<HttpListener> StartAsync(IPAddress address, int port, ServerCertificate? certificate, bool asksForCertificates, Func<HttpContext, Task> handle, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Listen(address, port, endpoint =>
        {
            // Without TLS there is no negotiation: a clear-text listener speaks one protocol.
            endpoint.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
                endpoint.Use(next => new TlsMiddleware(next, certificate.Certificate, asksForCertificates).OnConnectionAsync);
        });
        var logging = NullLoggerFactory.Instance;
        var server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logging), logging);
        try
        {
            await server.StartAsync(new Application(handle), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        var bound = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new HttpListener(server, int.Parse(bound.AsSpan(bound.LastIndexOf(':') + 1), CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        // Watches would keep a graceful stop waiting; after the patience they are cut.
        using var patience = new CancellationTokenSource(ShutdownPatience);
        await _server.StopAsync(patience.Token).ConfigureAwait(false);
        _server.Dispose();
    }

    private sealed class Application(Func<HttpContext, Task> handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handle(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
