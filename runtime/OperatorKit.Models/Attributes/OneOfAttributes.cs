namespace OperatorKit;

/// <summary>Exactly one of some optional members of the type is set.</summary>
/// <param name="members">The members: <c>nameof(Http), nameof(Grpc)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class ExactlyOneOfAttribute(params string[] members) : Attribute
{
    /// <summary>The members.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}

/// <summary>At most one of some optional members of the type is set.</summary>
/// <param name="members">The members: <c>nameof(Http), nameof(Grpc)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class AtMostOneOfAttribute(params string[] members) : Attribute
{
    /// <summary>The members.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}

/// <summary>At least one of some optional members of the type is set.</summary>
/// <param name="members">The members: <c>nameof(Http), nameof(Grpc)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class AtLeastOneOfAttribute(params string[] members) : Attribute
{
    /// <summary>The members.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
