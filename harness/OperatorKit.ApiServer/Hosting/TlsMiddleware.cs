using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>
/// Ends TLS in front of Kestrel. Kestrel's own middleware needs the services of a host; an SslStream between two pipes does not.
/// </summary>
internal sealed class TlsMiddleware(ConnectionDelegate next, X509Certificate2 certificate)
{
    private readonly SslServerAuthenticationOptions _options = new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        EnabledSslProtocols = SslProtocols.None,
    };

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var outer = connection.Transport;
        var stream = new SslStream(new DuplexPipeStream(outer), leaveInnerStreamOpen: false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await stream.AuthenticateAsServerAsync(_options, connection.ConnectionClosed).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
            {
                return;
            }

            connection.Features.Set<ITlsApplicationProtocolFeature>(new NegotiatedProtocol(stream.NegotiatedApplicationProtocol));
            connection.Features.Set<ITlsConnectionFeature>(new NoClientCertificate());
            connection.Transport = new StreamPipe(stream);
            try
            {
                await next(connection).ConfigureAwait(false);
            }
            finally
            {
                connection.Transport = outer;
            }
        }
    }

    private sealed class NegotiatedProtocol(SslApplicationProtocol protocol) : ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol => protocol.Protocol;
    }

    // Its presence is what tells Kestrel that the connection is secure.
    private sealed class NoClientCertificate : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }

    private sealed class StreamPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 16384));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
