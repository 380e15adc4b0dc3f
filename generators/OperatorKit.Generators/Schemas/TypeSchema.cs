using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Schemas;

/// <summary>A type of the user that takes part in a schema: an object with members, or an enum.</summary>
internal sealed record TypeSchema
{
    /// <summary>Fully qualified C# name with <c>global::</c>.</summary>
    public required string CSharp { get; init; }

    /// <summary>Name in generated names: the containing types and the type, run together.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace; empty in the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether code outside the assembly may name the type.</summary>
    public required bool IsPublic { get; init; }

    public bool IsValueType { get; init; }

    /// <summary>Whether the type brings its own JSON, as the built-in kinds do.</summary>
    public bool IsJsonModel { get; init; }

    public string? Description { get; init; }

    public string? Title { get; init; }

    public ExternalDocs? ExternalDocs { get; init; }

    /// <summary>Members in the order of declaration, inherited ones first.</summary>
    public EquatableArray<MemberSchema> Members { get; init; } = [];

    /// <summary>The values of an enum; empty for an object.</summary>
    public EquatableArray<EnumValue> Values { get; init; } = [];

    /// <summary>JSON names of the members that identify an item of a list; none where lists of it have no keys.</summary>
    public EquatableArray<string> Keys { get; init; } = [];

    public EquatableArray<Rule> Rules { get; init; } = [];

    /// <summary>Whether server-side apply treats the whole object as one value.</summary>
    public bool IsAtomic { get; init; }

    /// <summary>Whether members that the type does not declare are kept.</summary>
    public bool PreservesUnknown { get; init; }

    public bool IsEnum => Values.Count > 0;

    /// <summary>Whether the type is abstract and its members are the cases that it may be, exactly one of which is set in JSON.</summary>
    public bool IsUnion { get; init; }
}

/// <summary>One value of an enum.</summary>
/// <param name="Name">The member's name in C#.</param>
/// <param name="Text">Its text in JSON.</param>
internal sealed record EnumValue(string Name, string Text);

/// <summary>One member of an object.</summary>
internal sealed record MemberSchema
{
    public required string Name { get; init; }

    public required string JsonName { get; init; }

    public required TypeRef Type { get; init; }

    /// <summary>Whether the C# <c>required</c> keyword is there.</summary>
    public bool IsRequiredMember { get; init; }

    public Setter Setter { get; init; }

    /// <summary>Whether there is an initialiser, or a default of the constructor's parameter.</summary>
    public bool HasInitializer { get; init; }

    /// <summary>Whether the schema asks for the member.</summary>
    public bool IsRequired { get; init; }

    public Node? Default { get; init; }

    public string? Description { get; init; }

    public Constraints Constraints { get; init; } = Constraints.None;

    /// <summary>Constraints of the items of a list or the values of a dictionary.</summary>
    public Constraints ItemConstraints { get; init; } = Constraints.None;

    public bool IsObsolete { get; init; }

    /// <summary>The documentation id of what carries an attribute that the trimmer warns of; null where it warns of none.</summary>
    public string? TrimmerTarget { get; init; }

    public MemberRoles Roles { get; init; }

    /// <summary>Columns of <c>kubectl get</c> that show the member; name, type and path are empty where the attribute leaves them open.</summary>
    public EquatableArray<PrinterColumn> Columns { get; init; } = [];
}

/// <summary>What a member is for, beyond its value.</summary>
[System.Flags]
internal enum MemberRoles
{
    None = 0,
    ScaleReplicas = 1,
    StatusReplicas = 2,
    StatusSelector = 4,
    SelectableField = 8,
}
