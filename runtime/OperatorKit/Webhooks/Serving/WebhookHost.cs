using System.Net;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Watching;
using OperatorKit.Webhooks.Admission;
using OperatorKit.Webhooks.Certificates;

namespace OperatorKit.Webhooks.Serving;

/// <summary>The webhooks of an operator while it runs: what listens, what is shown, and what the API server is told.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly WebhookPublication _publication;
    private Task _rotating = Task.CompletedTask;
    private WebhookServer? _server;

    private WebhookHost(WebhookPublication publication) => _publication = publication;

    /// <summary>Starts to serve; when this returns, the API server has been told.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="registrations">The admission webhooks.</param>
    /// <param name="conversions">The kinds with several versions.</param>
    /// <param name="given">What the operator runs with.</param>
    /// <param name="metrics">Where to count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<WebhookHost> StartAsync(
        KubernetesClient client,
        IReadOnlyList<WebhookRegistration> registrations,
        IReadOnlyList<KindConversion> conversions,
        OperatorServices given,
        OperatorMetrics metrics,
        CancellationToken cancellationToken)
    {
        var options = given.Options.Webhooks;
        var logger = given.Loggers.CreateLogger("OperatorKit.Webhooks");
        var name = options.Name ?? given.Options.Name;
        var application = WebhookApplication.Of(registrations, conversions, given, metrics);
        CertificateRotation rotation = null!;
        var server = await WebhookServer.StartAsync(
            options.OnLoopback ? IPAddress.Loopback : IPAddress.IPv6Any, options.OnLoopback ? 0 : options.Port!.Value, () => rotation, () => application, given.Loggers, cancellationToken)
            .ConfigureAwait(false);
        var address = new WebhookAddress(
            options.Namespace ?? client.Connection.Namespace,
            WebhookNames.Service(name),
            options.OnLoopback ? new UriBuilder(Uri.UriSchemeHttps, "127.0.0.1", server.Port).Uri : null);

        // Several operators may run beside each other in tests: each has its own configurations for its namespaces.
        var configuration = options.OnLoopback ? $"{name}-{given.Random.NextInt64() & 0xffffffff:x8}" : name;
        var folder = options.CertificateDirectory is { } directory ? new CertificateFolder(directory) : null;
        var publication = new WebhookPublication(client, address, configuration, registrations, conversions, new NamespaceSet(given.Options.Namespaces).Names, logger);
        rotation = new CertificateRotation(
            new CertificateSecret(client, address.Namespace, WebhookNames.Secret(name)),
            folder,
            new CertificatePlan(options.AuthorityLifetime, options.CertificateLifetime, options.AuthorityOverlap),
            address.Names,
            publication.PublishAsync,
            metrics,
            options.CheckPeriod,
            given.Time,
            logger);
        var host = new WebhookHost(publication) { _server = server };
        try
        {
            if (!given.Options.WaitForPrerequisites)
            {
                // Without an authority of ours to publish, somebody else puts one into the configurations.
                var trusted = folder is null || folder.Read().Authorities.Length > 0 ? registrations : [];
                var rights = WebhookRights.Of(address, configuration, trusted, conversions, folder is null ? WebhookNames.Secret(name) : null);
                await RightsCheck.RequireAsync(client, [.. rights], given.Options.Name, Startup.Manifests, cancellationToken).ConfigureAwait(false);
            }

            var due = await rotation.RefreshAsync(cancellationToken).ConfigureAwait(false);
            host._rotating = Task.Run(() => rotation.RunAsync(due, host._stop.Token), CancellationToken.None);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _rotating.ConfigureAwait(false);
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _publication.WithdrawAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            // The API server is gone, or goes; there is nobody left to tell.
        }

        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
