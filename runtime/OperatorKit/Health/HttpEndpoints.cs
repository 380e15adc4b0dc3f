using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OperatorKit.Metrics;

namespace OperatorKit.Health;

/// <summary>Serves <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
internal sealed class HttpEndpoints(OperatorHealth health, OperatorMetrics metrics) : IHttpApplication<HttpContext>
{
    /// <summary>Starts to listen.</summary>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="allAddresses">Whether other machines may connect.</param>
    /// <param name="loggers">Where the server logs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The server and where it listens.</returns>
    public async Task<(IServer Server, Uri Address)> StartAsync(int port, bool allAddresses, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = 0;
        if (allAddresses)
            options.ListenAnyIP(port);
        else
            options.Listen(IPAddress.Loopback, port);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        var server = new KestrelServer(Options.Create(options), transport, loggers);
        await server.StartAsync(this, cancellationToken).ConfigureAwait(false);
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return (server, new Uri(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/healthz" or "/livez" => WriteAsync(context, health.NotAlive()),
        "/readyz" => WriteAsync(context, health.NotReady()),
        "/metrics" => WriteAsync(context, StatusCodes.Status200OK, PrometheusText.ContentType, PrometheusText.Write(metrics.Families)),
        _ => WriteAsync(context, StatusCodes.Status404NotFound, "text/plain", "There are /healthz, /readyz and /metrics.\n"),
    };

    private static Task WriteAsync(HttpContext context, IEnumerable<string> problems)
    {
        var text = string.Join('\n', problems);
        return text.Length == 0
            ? WriteAsync(context, StatusCodes.Status200OK, "text/plain", "ok")
            : WriteAsync(context, StatusCodes.Status500InternalServerError, "text/plain", text + "\n");
    }

    private static Task WriteAsync(HttpContext context, int status, string contentType, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
