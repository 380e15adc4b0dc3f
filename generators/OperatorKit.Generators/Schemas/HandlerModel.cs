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

    /// <summary>The methods that attributes wire.</summary>
    public EquatableArray<HookModel> Hooks { get; init; } = [];

    /// <summary>Restrictions of the class and of overridden methods.</summary>
    public EquatableArray<FilterModel> Filters { get; init; } = [];
}

/// <summary>A kind as its handler sees it.</summary>
internal sealed record HandledKind(string CSharp, string Group, string Plural, bool IsClusterScoped, bool HasStatus)
{
    /// <summary>Whether the kind is another assembly's, whose record holds the definition as a constant.</summary>
    public bool BringsDefinition { get; init; }
}

/// <summary>A kind that an operator makes for its resources.</summary>
internal sealed record OwnedModel(string CSharp, string Group, string Plural, bool IsClusterScoped)
{
    /// <summary>Whether more than the simple name of the type is known; imported kinds have no symbols while the generator reads.</summary>
    public bool IsKnown => Plural.Length > 0;
}
