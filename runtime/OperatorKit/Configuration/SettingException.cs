namespace OperatorKit.Configuration;

/// <summary>A setting with a wrong value. The message says where it is and what it may be.</summary>
internal sealed class SettingException(string message) : Exception(message);
