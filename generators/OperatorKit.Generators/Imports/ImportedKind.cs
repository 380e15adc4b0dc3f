using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Imports;

/// <summary>One version of a kind that somebody else has defined.</summary>
/// <param name="Namespace">The namespace of its records.</param>
/// <param name="Name">The name of its record.</param>
internal sealed record ImportedKind(string Namespace, string Name)
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public bool IsClusterScoped { get; init; }

    public bool HasStatus { get; init; }

    public bool HasScale { get; init; }

    /// <summary>The name of its client.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>The name of its apply record.</summary>
    public string ApplyName { get; init; } = "";

    /// <summary>The record of the kind first, then those that it reaches.</summary>
    public EquatableArray<ImportedType> Types { get; init; } = [];

    public string CSharp => $"global::{Namespace}.{Name}";

    /// <summary>What its client and its apply record are made from.</summary>
    public ClientModel Client => new(Namespace, Name)
    {
        ClientName = ClientName,
        ApplyName = ApplyName,
        IsPublic = true,
        ApiVersion = Group + "/" + Version,
        Kind = Kind,
        IsClusterScoped = IsClusterScoped,
        HasStatus = HasStatus,
        HasScale = HasScale,
        Wanted = ImportedApply.Members(this),
    };
}

/// <summary>A record of an imported kind.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Type">Its members and their JSON.</param>
/// <param name="Description">What it is; null where the definition says nothing.</param>
/// <param name="MemberDescriptions">What its members are, in their order; empty where the definition says nothing.</param>
internal sealed record ImportedType(string Name, TypeModel Type, string? Description, EquatableArray<string> MemberDescriptions);

/// <summary>A kind as a file defines it: what the API calls it, and the schema that its records are made of.</summary>
internal sealed record ImportedDefinition(ImportedKind Kind, Mapping Schema);

/// <summary>What came of a file of definitions: kinds, or what is wrong with it.</summary>
internal sealed record ImportedFile(string Path, EquatableArray<ImportedDefinition> Definitions, string? Problem, int Line);
