using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Metrics;

namespace OperatorKit.Webhooks.Certificates;

/// <summary>Keeps a certificate ready to be served, and tells who has to trust it. Connections that are open keep what they began with.</summary>
internal sealed partial class CertificateRotation(
    CertificateSecret secret,
    CertificateFolder? folder,
    CertificatePlan plan,
    IReadOnlyList<string> names,
    Func<string, CancellationToken, Task> publish,
    OperatorMetrics metrics,
    TimeSpan checkPeriod,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(5);

    private CertificateSet? _served;
    private volatile SslStreamCertificateContext? _context;

    /// <summary>What new connections are shown.</summary>
    public SslStreamCertificateContext Current => _context ?? throw new AuthenticationException("There is no certificate yet.");

    /// <summary>Gets certificates ready: reads them, or makes them where nobody has.</summary>
    /// <returns>When to look again at the latest.</returns>
    /// <exception cref="KubernetesException">The cluster does not let the Secret be read or written.</exception>
    /// <exception cref="OperatorStartException">The files cannot be used.</exception>
    public async Task<DateTimeOffset> RefreshAsync(CancellationToken cancellationToken)
    {
        var (certificates, due) = folder is null ? await SharedAsync(cancellationToken).ConfigureAwait(false) : (folder.Read(), DateTimeOffset.MaxValue);

        // While what is served changes, both the old and the new are trusted: a request may come at any moment.
        if (_served is { } old && old.Authorities != certificates.Authorities && certificates.Authorities.Length > 0)
            await publish(old.Authorities + certificates.Authorities, cancellationToken).ConfigureAwait(false);
        Serve(certificates);
        await publish(certificates.Authorities, cancellationToken).ConfigureAwait(false);
        var next = time.GetUtcNow() + checkPeriod;
        return due < next ? due : next;
    }

    /// <summary>Follows changes and renews what is about to expire, until cancelled.</summary>
    public async Task RunAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = due - time.GetUtcNow();
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
            try
            {
                due = await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is KubernetesException or OperatorStartException)
            {
                // What is served stays good for weeks; it is tried again until it works.
                LogFailed(exception.Message);
                due = time.GetUtcNow() + RetryPeriod;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Goes through the steps of the plan until there is nothing to do; of several replicas one makes each step and the others read it.</summary>
    private async Task<(CertificateSet Certificates, DateTimeOffset Due)> SharedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var (kept, version) = await secret.ReadAsync(cancellationToken).ConfigureAwait(false);
            var decision = plan.Decide(kept?.Describe(names), now);
            if (decision.Step == CertificateStep.Wait)
                return (kept!, decision.Due);
            var made = decision.Step switch
            {
                CertificateStep.Create => CertificateSet.Create(plan, names, now),
                CertificateStep.AddAuthority => kept!.AddAuthority(plan, now),
                CertificateStep.Renew => kept!.Renew(plan, names, now),
                _ => kept!.DropExpired(now),
            };
            if (await secret.WriteAsync(made, version, cancellationToken).ConfigureAwait(false))
                LogStep(decision.Step);
        }
    }

    private void Serve(CertificateSet certificates)
    {
        if (certificates == _served)
            return;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates.Certificate);
        var certificate = certificates.ToServe();
        _context = SslStreamCertificateContext.Create(certificate, [.. chain.Skip(1)], offline: true);
        _served = certificates;
        metrics.CertificateExpiry.With().Set(CertificateSet.ValidityOf(certificate).Until.ToUnixTimeSeconds());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Certificates of the webhooks: {Step}")]
    private partial void LogStep(CertificateStep step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificates of the webhooks could not be looked after: {Problem}")]
    private partial void LogFailed(string problem);
}
