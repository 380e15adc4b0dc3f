using System.Collections.Generic;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Conversions;

/// <summary>A type of one version and the type that it becomes in another.</summary>
/// <param name="From">The type as it is.</param>
/// <param name="To">The type as it is to be.</param>
/// <param name="Name">The generated method that converts.</param>
internal sealed record TypePair(TypeSchema From, TypeSchema To, string Name)
{
    /// <summary>The method of the user; null where there is none.</summary>
    public ConversionMethod? Method { get; init; }

    /// <summary>Members that are the same in both.</summary>
    public List<MemberPair> Members { get; } = [];

    /// <summary>Members of the new type that get no value and cannot do without.</summary>
    public List<MemberSchema> Missing { get; } = [];

    /// <summary>Members of the old type that the new one has no place for.</summary>
    public List<MemberSchema> Lost { get; } = [];

    /// <summary>Values of an old enum that the new one does not have.</summary>
    public List<EnumValue> LostValues { get; } = [];

    /// <summary>Whether the user converts all of it.</summary>
    public bool IsWhole => Method is { TakesMapped: false };
}

/// <summary>A member and where its value comes from.</summary>
internal sealed record MemberPair(MemberSchema From, MemberSchema To);

/// <summary>The conversion from one version to another.</summary>
/// <param name="From">The version of the objects.</param>
/// <param name="To">The version that they get.</param>
/// <param name="Pairs">The types that take part; the resource itself is the first.</param>
internal sealed record VersionPair(ResourceModel From, ResourceModel To, IReadOnlyList<TypePair> Pairs);
