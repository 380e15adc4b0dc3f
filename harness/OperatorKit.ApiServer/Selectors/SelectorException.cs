namespace OperatorKit.ApiServer.Selectors;

/// <summary>A selector that cannot be understood; the message is for the client.</summary>
internal sealed class SelectorException(string message) : FormatException(message);
