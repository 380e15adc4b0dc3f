using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Schemas;

/// <summary>A class of the user that derives from a generated handler.</summary>
internal sealed record HandlerModel
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The class, as C# spells it anywhere.</summary>
    public required string CSharp { get; init; }

    public required bool IsPublic { get; init; }

    /// <summary>The simple name of the class that it derives from, as in <c>SimpleAppHandler</c>.</summary>
    public required string Handler { get; init; }

    /// <summary>The kind that it handles, where the handler class comes from another assembly; null where it is generated in this one.</summary>
    public HandledKind? Handles { get; init; }

    /// <summary>The overridden methods, as in <c>Create</c>.</summary>
    public EquatableArray<string> Overrides { get; init; } = [];

    public EquatableArray<OwnedModel> Owns { get; init; } = [];

    /// <summary>The types of the constructor's parameters, to be had from services.</summary>
    public EquatableArray<string> Services { get; init; } = [];

    /// <summary>What the code does to objects of other kinds.</summary>
    public EquatableArray<UseModel> Uses { get; init; } = [];

    /// <summary>Rights that the code cannot show.</summary>
    public EquatableArray<RightModel> Rights { get; init; } = [];

    public bool HasFinalizer
    {
        get
        {
            foreach (var method in Overrides)
            {
                if (method == "Delete")
                    return true;
            }

            return false;
        }
    }
}

/// <summary>A kind as its handler sees it.</summary>
internal sealed record HandledKind(string CSharp, string Group, string Plural, bool HasStatus);

/// <summary>A kind that an operator makes for its resources.</summary>
internal sealed record OwnedModel(string CSharp, string Group, string Plural, bool IsClusterScoped)
{
    /// <summary>Whether more than the simple name of the type is known; imported kinds have no symbols while the generator reads.</summary>
    public bool IsKnown => Plural.Length > 0;
}

/// <summary>A call that needs a right.</summary>
/// <param name="Kind">The kind; null where only the name of a generated client is known.</param>
/// <param name="Client">The simple name of the generated client, as in <c>SimpleAppClient</c>.</param>
/// <param name="Subresource">The subresource after a slash, or nothing.</param>
/// <param name="Verbs">The verbs.</param>
internal sealed record UseModel(OwnedModel? Kind, string? Client, string Subresource, EquatableArray<string> Verbs);

/// <summary>A right of the operator on some resources, as a rule of a role.</summary>
internal sealed record RightModel(EquatableArray<string> Groups, EquatableArray<string> Resources, EquatableArray<string> Verbs, EquatableArray<string> Names);
