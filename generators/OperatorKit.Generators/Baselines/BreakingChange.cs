namespace OperatorKit.Generators.Baselines;

/// <summary>What a change breaks.</summary>
internal enum BreakKind
{
    /// <summary>A member is gone, and with it what objects hold in it.</summary>
    Removed,

    /// <summary>A member has another type or merges in another way.</summary>
    Retyped,

    /// <summary>A value that was valid is not any more.</summary>
    Narrowed,

    /// <summary>A member has to be there that did not have to.</summary>
    Required,
}

/// <summary>A change of a schema that objects or clients may not survive.</summary>
/// <param name="Kind">What it breaks.</param>
/// <param name="Path">Where, as in <c>.spec.ports[].name</c>.</param>
/// <param name="Text">What changed, for people.</param>
internal sealed record BreakingChange(BreakKind Kind, string Path, string Text)
{
    /// <summary>The path of the member to look at now: of a renamed member the new one.</summary>
    public string Place { get; init; } = Path;
}
