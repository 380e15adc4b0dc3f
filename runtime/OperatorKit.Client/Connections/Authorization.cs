using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OperatorKit.Client;

/// <summary>Puts credentials and impersonation on requests, and renews what expires.</summary>
internal sealed class Authorization : IDisposable
{
    private readonly ClusterConnection _connection;
    private readonly string? _fixed;
    private bool _isForgotten;

    public Authorization(ClusterConnection connection, TimeProvider timeProvider)
    {
        _connection = connection;
        _ = timeProvider;
        var credentials = connection.Credentials;
        _fixed = credentials switch
        {
            { Token: { } token } => "Bearer " + token,
            { Username: { } user } => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{credentials.Password}")),
            _ => null,
        };
    }

    /// <summary>Whether other credentials may be had by asking again.</summary>
    public bool CanRenew => _connection.Credentials.Exec is not null;

    public bool HasClientCertificate => _connection.Credentials.ClientCertificate is not null;

    public X509Certificate2? ClientCertificate => _connection.Credentials.ClientCertificate;

    /// <summary>Drops what has been read or computed, because the server refused it.</summary>
    public void Forget() => _isForgotten = true;

    public ValueTask AddAsync(HttpRequestHeaders headers, CancellationToken cancellationToken)
    {
        if (_fixed is not null && !_isForgotten)
        {
            headers.TryAddWithoutValidation("Authorization", _fixed);
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }
}
