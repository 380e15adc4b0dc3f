using System.Globalization;
using System.Net.Sockets;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>How failed calls read in the words of Go's clients, which people search for.</summary>
internal static class WebhookErrors
{
    public static string OfStatus(int code) => code switch
    {
        400 => "the server rejected our request for an unknown reason",
        401 => "the server has asked for the client to provide credentials",
        403 => "unknown",
        404 => "the server could not find the requested resource",
        405 => "the server does not allow this method on the requested resource",
        429 => "the server has received too many requests and has asked us to try again later",
        500 => "an error on the server (\"unknown\") has prevented the request from succeeding",
        503 => "the server is currently unable to handle the request",
        504 => "the server was unable to return a response in the time allotted, but may still be processing the request",
        _ => string.Create(CultureInfo.InvariantCulture, $"the server responded with the status code {code} but did not return more information"),
    };

    public static string OfTransport(Uri url, HttpRequestException failure) => failure switch
    {
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            string.Create(CultureInfo.InvariantCulture, $"dial tcp {url.Host}:{url.Port}: connect: connection refused"),
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => $"dial tcp: lookup {url.Host}: no such host",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        { HttpRequestError: HttpRequestError.ResponseEnded } => "EOF",
        _ => failure.InnerException?.Message ?? failure.Message,
    };
}
