using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Types;

/// <summary>A record (or class, or struct) with JSON members.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Name">Its C# name with <c>global::</c>.</param>
/// <param name="JsonClass">The simple name of the static class with its JSON, in <paramref name="Namespace"/>; unused where the JSON is emitted into the type itself.</param>
/// <param name="Properties">Its members in the order in which they are written.</param>
internal sealed record TypeModel(string Namespace, string Name, string JsonClass, EquatableArray<PropertyModel> Properties)
{
    public bool IsValueType { get; init; }

    /// <summary>The members that are arguments of the constructor, in its order; empty where it has none.</summary>
    public EquatableArray<string> ConstructorArguments { get; init; } = [];

    /// <summary>Whether this is a kind: the outermost object of a document, whose errors carry the path.</summary>
    public bool IsKind { get; init; }
}

/// <summary>A member with a JSON name.</summary>
/// <param name="Name">The C# name.</param>
/// <param name="JsonName">The JSON name.</param>
/// <param name="Type">Its type; inside <c>Optional</c> where <see cref="IsOptional"/> is true.</param>
internal sealed record PropertyModel(string Name, string JsonName, TypeRef Type)
{
    public Setter Setter { get; init; } = Setter.Set;

    /// <summary>Whether C# demands it in an object initialiser.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the C# declaration has an initialiser (or a constructor sets it), which holds when the JSON has no such member.</summary>
    public bool HasDefault { get; init; }

    /// <summary>Whether the member is an <c>Optional&lt;T&gt;</c>: written when set, as null when set to null.</summary>
    public bool IsOptional { get; init; }

    /// <summary>For <c>apiVersion</c> and <c>kind</c>: the value that it nearly always has, so that reading need not allocate it.</summary>
    public string? Constant { get; init; }
}

/// <summary>How a reader gives a member its value.</summary>
internal enum Setter
{
    Set,
    Init,
    Constructor,

    /// <summary>Not at all: the member is only written.</summary>
    None,
}

/// <summary>An enum whose values are strings in JSON.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Name">Its C# name with <c>global::</c>.</param>
/// <param name="JsonClass">The simple name of the static class with its JSON, in <paramref name="Namespace"/>.</param>
/// <param name="Members">Its members.</param>
internal sealed record EnumModel(string Namespace, string Name, string JsonClass, EquatableArray<EnumMember> Members);

/// <summary>A member of an enum.</summary>
/// <param name="Name">The C# name.</param>
/// <param name="Json">The JSON string.</param>
internal sealed record EnumMember(string Name, string Json);
