namespace OperatorKit;

/// <summary>
/// Thrown by a handler to say that trying again is of no use until the object's spec changes. The runtime shows the
/// message in the <c>Ready</c> condition and in an Event and leaves the object alone.
/// </summary>
public sealed class TerminalException : Exception
{
    /// <summary>A failure that only a change of the spec can mend.</summary>
    public TerminalException()
        : this("The handler gave up.")
    {
    }

    /// <summary>A failure that only a change of the spec can mend.</summary>
    /// <param name="message">What is wrong and what to change; users read it in the condition.</param>
    public TerminalException(string message)
        : this(message, null)
    {
    }

    /// <summary>A failure that only a change of the spec can mend.</summary>
    /// <param name="message">What is wrong and what to change; users read it in the condition.</param>
    /// <param name="innerException">What led to it.</param>
    public TerminalException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Reason of the condition and the Event, in CamelCase; other text is made one word. Default: <c>Terminal</c>.</summary>
    public string Reason { get; init; } = "Terminal";
}
