namespace OperatorKit.Testing;

/// <summary>An object is not what it was after a conversion and back.</summary>
public sealed class ConversionLossException : Exception
{
    /// <summary>Something was lost.</summary>
    public ConversionLossException()
    {
    }

    /// <summary>Something was lost.</summary>
    /// <param name="message">What, and in which object.</param>
    public ConversionLossException(string message)
        : base(message)
    {
    }

    /// <summary>A conversion failed.</summary>
    /// <param name="message">Which, and of which object.</param>
    /// <param name="innerException">Why.</param>
    public ConversionLossException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
