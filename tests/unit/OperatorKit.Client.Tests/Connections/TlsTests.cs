using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace OperatorKit.Client.Tests;

/// <summary>A real server with TLS on the loopback interface.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly X509Certificate2 _authority = SelfSigned("CN=test authority");
    private WebApplication? _app;
    private Uri _address = new("https://127.0.0.1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var certificate = Signed("CN=server", _authority);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        })));
        _app = builder.Build();
        _app.Run(async context =>
        {
            var user = context.Connection.ClientCertificate?.Subject ?? "nobody";
            await context.Response.WriteAsync($$$"""{"metadata":{"name":"{{{user}}}","uid":"{{{context.Request.Protocol}}}"}}""", context.RequestAborted);
        });
        await _app.StartAsync(Token);
        _address = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _authority.Dispose();
    }

    [Fact]
    public async Task A_certificate_of_the_given_authority_is_trusted_and_http_2_spoken() =>
        (await Get(new ClusterConnection { Server = _address, CertificateAuthorities = [_authority] })).Metadata.Uid.ShouldBe("HTTP/2");

    [Fact]
    public async Task An_authority_in_a_file_that_is_replaced_is_trusted_for_new_connections_within_a_minute()
    {
        using var before = SelfSigned("CN=before");
        var file = Path.GetTempFileName();
        var time = new ImmediateTime();
        var connection = new ClusterConnection { Server = _address, CertificateAuthorityFile = file };
        using var client = new KubernetesClient(connection, new KubernetesClientOptions { MaxRetries = 0, TimeProvider = time });
        var widgets = client.Resource<Widget>("default");
        try
        {
            await File.WriteAllTextAsync(file, before.ExportCertificatePem(), Token);
            await Should.ThrowAsync<UntrustedCertificateException>(() => widgets.GetAsync("a", Token));

            await File.WriteAllTextAsync(file, _authority.ExportCertificatePem(), Token);
            await Should.ThrowAsync<UntrustedCertificateException>(() => widgets.GetAsync("a", Token));
            time.Advance(TimeSpan.FromSeconds(61));
            (await widgets.GetAsync("a", Token)).Metadata.Uid.ShouldBe("HTTP/2");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_file_with_authorities_that_is_half_written_changes_nothing()
    {
        var file = Path.GetTempFileName();
        var time = new ImmediateTime();
        try
        {
            await File.WriteAllTextAsync(file, _authority.ExportCertificatePem(), Token);
            var read = new RotatedFile<X509Certificate2Collection>(file, Certificates.Authorities, time);
            read.Read()!.Single().Subject.ShouldBe("CN=test authority");
            await File.WriteAllTextAsync(file, _authority.ExportCertificatePem()[..80], Token);
            time.Advance(TimeSpan.FromSeconds(61));
            read.Read()!.Single().Subject.ShouldBe("CN=test authority");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_with_authorities_from_a_file_too()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, _authority.ExportCertificatePem(), Token);
            var connection = new ClusterConnection { Server = new UriBuilder(_address) { Host = "localhost" }.Uri, CertificateAuthorityFile = file };

            await Should.ThrowAsync<UntrustedCertificateException>(() => Get(connection));
            (await Get(connection with { TlsServerName = "api.internal" })).Metadata.Name.ShouldBe("nobody");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_client_certificate_says_who_we_are()
    {
        using var certificate = Signed("CN=jane", _authority);
        var connection = new ClusterConnection
        {
            Server = _address,
            CertificateAuthorities = [_authority],
            Credentials = new ClusterCredentials { ClientCertificate = certificate },
        };

        (await Get(connection)).Metadata.Name.ShouldBe("CN=jane");
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_with_what_to_do()
    {
        using var other = SelfSigned("CN=other");

        var error = await Should.ThrowAsync<UntrustedCertificateException>(() => Get(new ClusterConnection { Server = _address, CertificateAuthorities = [other], Source = "context dev of config" }));

        error.Message.ShouldStartWith($"{_address} shows a certificate that context dev of config does not trust:");
        error.Message.ShouldContain("Correct certificate-authority(-data)");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_until_the_name_is_given()
    {
        var connection = new ClusterConnection { Server = new UriBuilder(_address) { Host = "localhost" }.Uri, CertificateAuthorities = [_authority] };

        await Should.ThrowAsync<UntrustedCertificateException>(() => Get(connection));
        (await Get(connection with { TlsServerName = "api.internal" })).Metadata.Name.ShouldBe("nobody");
    }

    [Fact]
    public async Task Any_certificate_does_when_asked_for() =>
        (await Get(new ClusterConnection { Server = _address, SkipTlsVerify = true })).Metadata.Name.ShouldBe("nobody");

    [Fact]
    public async Task A_port_where_nothing_listens_is_unreachable()
    {
        // Bound and not listening: a port that was merely left could be another process's by now.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"https://{taken.LocalEndPoint}");

        var error = await Should.ThrowAsync<ClusterUnreachableException>(() => Get(new ClusterConnection { Server = address, CertificateAuthorities = [_authority] }));

        error.Message.ShouldContain("nothing listens there");
    }

    private static async Task<Widget> Get(ClusterConnection connection)
    {
        using var client = new KubernetesClient(connection, new KubernetesClientOptions { MaxRetries = 0 });
        return await client.Resource<Widget>("default").GetAsync("a", Token);
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Signed(string name, X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("api.internal");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        using var pair = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }
}
