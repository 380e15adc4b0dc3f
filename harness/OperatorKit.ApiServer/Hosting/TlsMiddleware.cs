using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using OperatorKit.ApiServer.Authentication;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>
/// Ends TLS in front of Kestrel. Kestrel's own middleware needs the services of a host; an SslStream between two pipes does not.
/// </summary>
internal sealed class TlsMiddleware(ConnectionDelegate next, X509Certificate2 certificate, bool askForCertificate)
{
    private readonly SslStreamCertificateContext _own = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var outer = connection.Transport;
        var stream = new SslStream(new DuplexPipeStream(outer), leaveInnerStreamOpen: false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await stream.AuthenticateAsServerAsync(Options(connection), connection.ConnectionClosed).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
            {
                return;
            }

            connection.Features.Set<ITlsApplicationProtocolFeature>(new NegotiatedProtocol(stream.NegotiatedApplicationProtocol));
            connection.Features.Set<ITlsConnectionFeature>(new SecureConnection());
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

    // Any certificate or none gets through the handshake: what is wrong with it is answered with 401, by which clients can tell.
    private SslServerAuthenticationOptions Options(ConnectionContext connection) => new()
    {
        ServerCertificateContext = _own,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        EnabledSslProtocols = SslProtocols.None,
        ClientCertificateRequired = askForCertificate,
        // A session that is taken up again would come without the certificates in between.
        AllowTlsResume = !askForCertificate,
        RemoteCertificateValidationCallback = !askForCertificate ? null : (_, shown, chain, _) =>
        {
            if (shown is X509Certificate2 given)
                connection.Features.Set(new ClientCertificate(new X509Certificate2(given), [.. (chain?.ChainPolicy.ExtraStore ?? []).Select(static link => new X509Certificate2(link))]));
            return true;
        },
    };

    private sealed class NegotiatedProtocol(SslApplicationProtocol protocol) : ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol => protocol.Protocol;
    }

    // Its presence is what tells Kestrel that the connection is secure.
    private sealed class SecureConnection : ITlsConnectionFeature
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
