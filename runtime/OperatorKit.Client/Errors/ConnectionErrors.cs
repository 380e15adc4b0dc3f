using System.Net.Sockets;
using System.Security.Authentication;

namespace OperatorKit.Client;

/// <summary>Turns a failed connection into an exception that says what to do about it.</summary>
internal static class ConnectionErrors
{
    /// <summary>Whether an exception is of the connection; a connection that cannot be made in time looks like a cancellation.</summary>
    public static bool IsOne(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static HttpRequestError KindOf(Exception exception) => exception switch
    {
        HttpRequestException request => request.HttpRequestError,
        OperationCanceledException => HttpRequestError.ConnectionError,
        _ => HttpRequestError.ResponseEnded,
    };

    public static KubernetesException ToException(ClusterConnection connection, Exception exception)
    {
        var server = connection.Server;
        if (Find<AuthenticationException>(exception) is { } refused)
        {
            return new UntrustedCertificateException(
                $"{server} shows a certificate that {connection.Source} does not trust: {refused.Message.TrimEnd('.')}. "
                + "Correct certificate-authority(-data), or tls-server-name where the certificate is for another name; "
                + "insecure-skip-tls-verify is for throw-away clusters only.",
                exception);
        }

        if (exception is OperationCanceledException)
        {
            return new ClusterUnreachableException(
                $"Cannot reach {server} ({connection.Source}): no connection in time. Check the address, the network and firewalls on the way.", exception);
        }

        if (Find<SocketException>(exception) is { } socket)
        {
            var reason = socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "nothing listens there",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name does not resolve",
                SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => "the network does not reach it",
                SocketError.ConnectionReset => "the connection was cut",
                _ => socket.Message.TrimEnd('.'),
            };
            return new ClusterUnreachableException(
                $"Cannot reach {server} ({connection.Source}): {reason}. Start the cluster, or choose another context: kubectl config get-contexts", exception);
        }

        return new ClusterUnreachableException(
            $"The connection to {server} ({connection.Source}) failed: {exception.Message.TrimEnd('.')}. Try again; if it stays, look at the server and at proxies on the way.",
            exception);
    }

    private static TException? Find<TException>(Exception? exception)
        where TException : Exception
    {
        while (exception is not null and not TException)
        {
            exception = exception.InnerException;
        }

        return (TException?)exception;
    }
}
