namespace OperatorKit.Testing;

/// <summary>An object did not come to be as a test expects. The message shows it as it was last, the requests that led there, and what the operator logged.</summary>
public sealed class EventuallyException(string message, Exception? innerException = null) : Exception(message, innerException);
