using System.Net;
using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>A request to the cluster that failed. The message says what, where, and what to do next.</summary>
public class KubernetesException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What failed and what to do next.</param>
    /// <param name="status">What the server said, if it answered.</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public KubernetesException(string message, V1Status? status = null, Exception? innerException = null)
        : base(message, innerException) => Status = status;

    /// <summary>What the server said; null when it did not answer, or not with a Status.</summary>
    public V1Status? Status { get; }

    /// <summary>The HTTP status code; null when the server did not answer.</summary>
    public HttpStatusCode? StatusCode => (HttpStatusCode?)Status?.Code;

    /// <summary>How long the server asks to wait before the next try, if it does.</summary>
    public TimeSpan? RetryAfter => Status?.Details?.RetryAfterSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
