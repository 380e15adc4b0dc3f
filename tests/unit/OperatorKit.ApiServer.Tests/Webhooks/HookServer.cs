using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Webhooks;

/// <summary>A webhook over HTTPS on the loopback address that answers by a function.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HookServer(WebApplication application, string caBundle)
    {
        _application = application;
        CaBundle = caBundle;
        Url = application.Urls.Single();
    }

    public string Url { get; }

    public string CaBundle { get; }

    /// <summary>Starts a webhook that answers each request object with the response that the function gives, uid filled in.</summary>
    public static async Task<HookServer> StartAsync(Func<JsonObject, JsonObject> answer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=hook", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("hook.default.svc");
        request.CertificateExtensions.Add(names.Build());
        // Valid whatever the clock of the cluster says.
        var certificate = request.CreateSelfSigned(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var application = builder.Build();
        application.Run(context => AnswerAsync(context, answer));
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new HookServer(application, Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())));
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, Func<JsonObject, JsonObject> answer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var asked = ((JsonObject)JsonParser.Parse(body.ToArray()).Value).ObjectAt("request")!;
        var response = answer(asked).With("uid", asked["uid"]!);
        await context.Response.Body.WriteAsync(JsonText.ToUtf8(JsonObject.Of(("apiVersion", "admission.k8s.io/v1"), ("kind", "AdmissionReview"), ("response", response))));
    }
}
