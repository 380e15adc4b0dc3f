using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>A webhook could not be called, or its answer cannot be read. The message is the one of kube-apiserver.</summary>
internal sealed class WebhookCallException(string message) : Exception(message);

/// <summary>Posts reviews to webhooks, by the URL or the service in their <c>clientConfig</c>, over TLS that their <c>caBundle</c> vouches for.</summary>
internal sealed class WebhookClient(Func<string, string, int, Uri?>? resolveService, HttpMessageHandler? network, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _clients = new(StringComparer.Ordinal);

    /// <exception cref="WebhookCallException">The call failed.</exception>
    public async Task<JsonObject> PostAsync(JsonObject clientConfig, TimeSpan timeout, JsonObject review, CancellationToken cancellationToken)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"{UrlOf(clientConfig)}?timeout={timeout.TotalSeconds:0}s");
        var client = _clients.GetOrAdd(clientConfig.StringAt("caBundle") ?? "", NewClient);
        using var patience = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(JsonText.ToUtf8(review)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TryAddWithoutValidation("User-Agent", "kube-apiserver-admission");
            using var response = await client.SendAsync(request, deadline.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? Read(body) : throw new WebhookCallException(WebhookErrors.OfStatus((int)response.StatusCode));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WebhookCallException($"Post \"{url}\": context deadline exceeded");
        }
        catch (HttpRequestException e)
        {
            throw new WebhookCallException($"Post \"{url}\": {WebhookErrors.OfTransport(new Uri(url), e)}");
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private static string UrlOf(JsonObject clientConfig)
    {
        if (clientConfig.StringAt("url") is { Length: > 0 } url)
            return url;
        var service = clientConfig.ObjectAt("service") ?? JsonObject.Empty;
        var path = (service.StringAt("path") ?? "").TrimStart('/');
        return string.Create(CultureInfo.InvariantCulture, $"https://{service.StringAt("name")}.{service.StringAt("namespace")}.svc:{service.LongAt("port") ?? 443}/{path}");
    }

    private HttpMessageInvoker NewClient(string caBundle) => network is not null ? new(network, disposeHandler: false) : new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Validation(caBundle) },
        ConnectCallback = ConnectAsync,
        UseProxy = false,
    });

    /// <summary>Connects to where the host of the test says that a service is; to the address in the URL otherwise.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (host.Split('.') is [var name, var ns, "svc"] && resolveService?.Invoke(ns, name, port) is { } place)
            (host, port) = (place.Host, place.Port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private RemoteCertificateValidationCallback? Validation(string caBundle)
    {
        if (caBundle.Length == 0)
            return null;
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(caBundle)));
        return (_, certificate, _, errors) =>
        {
            if (certificate is not X509Certificate2 presented || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
                return false;
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.VerificationTime = time.GetUtcNow().LocalDateTime;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
            return chain.Build(presented);
        };
    }

    private static JsonObject Read(byte[] body)
    {
        try
        {
            if (YamlParser.Parse(body).Value is JsonObject review)
                return review;
        }
        catch (JsonSyntaxException)
        {
            throw new WebhookCallException("couldn't get version/kind; the answer is no JSON object");
        }

        throw new WebhookCallException("couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct "
            + "{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }
}
