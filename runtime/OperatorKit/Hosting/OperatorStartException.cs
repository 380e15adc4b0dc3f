namespace OperatorKit;

/// <summary>The operator cannot start. The message says what is missing and which command mends it.</summary>
public sealed class OperatorStartException : Exception
{
    /// <summary>A start that failed.</summary>
    public OperatorStartException()
    {
    }

    /// <summary>A start that failed.</summary>
    /// <param name="message">What is missing and which command mends it.</param>
    public OperatorStartException(string message)
        : base(message)
    {
    }

    /// <summary>A start that failed.</summary>
    /// <param name="message">What is missing and which command mends it.</param>
    /// <param name="innerException">What the cluster said.</param>
    public OperatorStartException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
