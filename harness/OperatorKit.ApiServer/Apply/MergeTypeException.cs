namespace OperatorKit.ApiServer.Apply;

/// <summary>An object that does not fit the schema that it is to be merged by.</summary>
internal sealed class MergeTypeException : Exception
{
    public MergeTypeException(string path, string message)
        : base(path.Length == 0 ? message : $"{path}: {message}")
    {
    }

    public MergeTypeException(IReadOnlyList<string> errors)
        : base(errors.Count == 1 ? errors[0] : string.Join("\n  ", ["errors:", .. errors]))
    {
    }
}
