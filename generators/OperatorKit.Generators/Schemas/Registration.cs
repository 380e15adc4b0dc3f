namespace OperatorKit.Generators.Schemas;

/// <summary>A handler and the kind that it handles.</summary>
internal sealed record Registration(HandlerModel Handler, HandledKind Resource)
{
    /// <summary>The class that converts between the versions of the kind; null where nobody has to.</summary>
    public string? Conversion { get; init; }
}
