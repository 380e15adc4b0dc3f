using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Schemas;

/// <summary>What the code of an assembly does to the cluster, and what it says that it does.</summary>
internal sealed record AccessModel(EquatableArray<UseModel> Uses, EquatableArray<RightModel> Rights);

/// <summary>A call that needs a right.</summary>
/// <param name="Target">What it is made on.</param>
/// <param name="Subresource">The subresource after a slash, or nothing.</param>
/// <param name="Verbs">The verbs.</param>
internal sealed record UseModel(UseTarget Target, string Subresource, EquatableArray<string> Verbs);

/// <summary>
/// The kind that a call is made on. Generated types have no symbols while the generator reads, so that a kind may be known by the
/// name of its client (<c>ThingClient</c>) or of the member that gives it (<c>Things</c>) only.
/// </summary>
internal sealed record UseTarget(OwnedModel? Kind, string Name)
{
    /// <summary>Every kind that the operator owns: a type parameter stands for one of them.</summary>
    public static UseTarget Owned { get; } = new(null, "");
}

/// <summary>A right that the code cannot show, as a rule of a role.</summary>
internal sealed record RightModel
{
    public EquatableArray<string> Groups { get; init; } = [];

    public EquatableArray<string> Resources { get; init; } = [];

    public EquatableArray<string> Verbs { get; init; } = [];

    public EquatableArray<string> Names { get; init; } = [];

    public EquatableArray<string> Urls { get; init; } = [];

    /// <summary>The namespace of the role; null for the operator's own role.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name of the role; null for the operator's name.</summary>
    public string? RoleName { get; init; }
}
