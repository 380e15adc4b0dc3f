using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OperatorKit.Client;

/// <summary>Puts credentials and impersonation on requests, and renews what expires.</summary>
internal sealed class Authorization : IDisposable
{
    private readonly ClusterCredentials _credentials;
    private readonly Impersonation? _impersonation;
    private readonly ExecCredentialSource? _exec;
    private readonly TokenFile? _tokenFile;
    private readonly string? _fixed;

    public Authorization(ClusterConnection connection, TimeProvider timeProvider)
    {
        _credentials = connection.Credentials;
        _impersonation = connection.Impersonation;
        _exec = _credentials.Exec is { } command ? new ExecCredentialSource(command, connection, timeProvider, static () => !Console.IsInputRedirected) : null;
        _tokenFile = _credentials.TokenFile is { } path ? new TokenFile(path, timeProvider) : null;
        _fixed = _credentials switch
        {
            { Token: { Length: > 0 } token } => Bearer(token),
            { Username: { Length: > 0 } user } => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{_credentials.Password}")),
            _ => null,
        };
    }

    /// <summary>Whether other credentials may be had by asking again.</summary>
    public bool CanRenew => _exec is not null || _tokenFile is not null;

    /// <summary>Whether there may be a client certificate once credentials have been asked for.</summary>
    public bool HasClientCertificate => _credentials.ClientCertificate is not null || _exec is not null;

    public X509Certificate2? ClientCertificate => _exec?.Current?.Certificate ?? _credentials.ClientCertificate;

    /// <summary>Drops what has been read or computed, because the server refused it. Of several requests that were refused at the same time the first has it renewed.</summary>
    /// <param name="refused">The header that was refused; null where that is not known.</param>
    public void Forget(string? refused)
    {
        if (refused is null || _exec?.Current?.Token is not { Length: > 0 } token || Bearer(token) == refused)
        {
            _exec?.Forget();
        }

        _tokenFile?.Forget();
    }

    public async ValueTask AddAsync(HttpRequestHeaders headers, CancellationToken cancellationToken)
    {
        if (await ValueAsync(cancellationToken) is { } value)
        {
            headers.TryAddWithoutValidation("Authorization", value);
        }

        if (_impersonation is not null)
        {
            Impersonate(headers, _impersonation);
        }
    }

    public void Dispose() => _exec?.Dispose();

    private async ValueTask<string?> ValueAsync(CancellationToken cancellationToken)
    {
        if (_exec is not null && (await _exec.GetAsync(cancellationToken)).Token is { Length: > 0 } token)
        {
            return Bearer(token);
        }

        return _tokenFile is not null ? Bearer(_tokenFile.Read()) : _fixed;
    }

    private static string Bearer(string token) => "Bearer " + token;

    private static void Impersonate(HttpRequestHeaders headers, Impersonation impersonation)
    {
        headers.TryAddWithoutValidation("Impersonate-User", impersonation.User);
        if (impersonation.Uid is { Length: > 0 } uid)
        {
            headers.TryAddWithoutValidation("Impersonate-Uid", uid);
        }

        headers.TryAddWithoutValidation("Impersonate-Group", impersonation.Groups);
        foreach (var (key, values) in impersonation.Extra)
        {
            headers.TryAddWithoutValidation("Impersonate-Extra-" + Uri.EscapeDataString(key), values);
        }
    }
}
