using System.Net;

namespace OperatorKit.Client;

/// <summary>Whether and when a request that failed is sent again.</summary>
internal static class RetryRule
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Decides after an answer.</summary>
    /// <param name="attempt">How many times the request was sent, 1 or more.</param>
    /// <param name="isRepeatable">Whether the request may be carried out twice.</param>
    /// <param name="code">The answer.</param>
    /// <param name="retryAfter">The wait that the server asks for.</param>
    /// <param name="sample">A random number from 0 to 1 for the jitter.</param>
    /// <returns>How long to wait; null gives up.</returns>
    public static TimeSpan? AfterAnswer(int attempt, bool isRepeatable, HttpStatusCode code, TimeSpan? retryAfter, double sample)
    {
        // With Retry-After the server says that it has not carried the request out, and will. A 429 without is about the request, as where a disruption budget forbids an eviction.
        var isRetried = (code == HttpStatusCode.TooManyRequests || (int)code >= 500)
            && (retryAfter is not null || (isRepeatable && code != HttpStatusCode.NotImplemented));
        return isRetried ? Longer(retryAfter, BackOff(attempt, sample)) : null;
    }

    /// <summary>Decides after a connection failed.</summary>
    /// <param name="attempt">How many times the request was sent, 1 or more.</param>
    /// <param name="isRepeatable">Whether the request may be carried out twice.</param>
    /// <param name="error">How it failed.</param>
    /// <param name="sample">A random number from 0 to 1 for the jitter.</param>
    /// <returns>How long to wait; null gives up.</returns>
    public static TimeSpan? AfterFailure(int attempt, bool isRepeatable, HttpRequestError error, double sample) => error switch
    {
        HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError => null,
        HttpRequestError.ConnectionError => BackOff(attempt, sample),
        _ => isRepeatable ? BackOff(attempt, sample) : null,
    };

    private static TimeSpan BackOff(int attempt, double sample) => First * Math.Pow(2, Math.Min(attempt - 1, 5)) * (0.75 + (sample / 2));

    private static TimeSpan Longer(TimeSpan? asked, TimeSpan backOff) =>
        asked is not { } wait ? backOff : wait > Longest ? Longest : wait > backOff ? wait : backOff;
}
