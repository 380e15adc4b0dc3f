namespace OperatorKit.ApiServer.Operations;

/// <summary>What to do about fields that are unknown or given twice.</summary>
internal enum FieldValidation
{
    Ignore,
    Warn,
    Strict,
}
