namespace OperatorKit.Client;

/// <summary>The server sent an object that does not fit its type.</summary>
public sealed class InvalidObjectException(InvalidObject invalid) : KubernetesException(Describe(invalid), null, invalid.Error)
{
    /// <summary>Which object, and where it stops fitting.</summary>
    public InvalidObject Invalid { get; } = invalid;

    private static string Describe(InvalidObject invalid)
    {
        var name = invalid.Namespace is null ? invalid.Name : $"{invalid.Namespace}/{invalid.Name}";
        return $"{invalid.Definition.Kind} {name} does not fit its type: {invalid.Error.Message.TrimEnd('.')}. Correct the object, widen the type, "
            + "or set OnInvalidObject to go on without it.";
    }
}
