namespace OperatorKit;

/// <summary>
/// Thrown by a handler to say that something is not as it should be yet and when to look again. The runtime shows the message in the
/// <c>Ready</c> condition and in an Event, as for any failure, and tries again after that time instead of backing off.
/// </summary>
public sealed class TemporaryException : Exception
{
    /// <summary>A failure that passes.</summary>
    public TemporaryException()
        : this("The handler has to wait.")
    {
    }

    /// <summary>A failure that passes.</summary>
    /// <param name="message">What is not there yet; users read it in the condition.</param>
    public TemporaryException(string message)
        : this(message, null)
    {
    }

    /// <summary>A failure that passes.</summary>
    /// <param name="message">What is not there yet; users read it in the condition.</param>
    /// <param name="innerException">What led to it.</param>
    public TemporaryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>When to try again, unless the object changes before; at most a year. Default: 1 minute.</summary>
    public TimeSpan RetryAfter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(365));
            field = value;
        }
    } = TimeSpan.FromMinutes(1);

    /// <summary>Reason of the condition and the Event, in CamelCase; other text is made one word. Default: <c>Temporary</c>.</summary>
    public string Reason { get; init; } = "Temporary";
}
