using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Registry;

/// <summary>A resource that the server knows, built in or defined by a CRD, with all of its versions.</summary>
internal sealed record ResourceType
{
    public required string Group { get; init; }

    /// <summary>The name in URLs: <c>deployments</c>.</summary>
    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public required string Kind { get; init; }

    public required string ListKind { get; init; }

    public bool Namespaced { get; init; }

    public ImmutableArray<string> ShortNames { get; init; } = [];

    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Every version, served or not, in the order of preference.</summary>
    public required ImmutableArray<ResourceVersion> Versions { get; init; }

    /// <summary>How objects of this kind behave where kinds differ.</summary>
    public ResourceTraits Traits { get; init; } = ResourceTraits.Ordinary;

    /// <summary>The definition that this resource came from; null for built-in kinds.</summary>
    public CustomResourceOrigin? Origin { get; init; }

    public bool IsCustom => Origin is not null;

    /// <summary>The identity in the store: two versions of a kind, or two views of one storage, share it.</summary>
    public GroupResource Storage => Traits.StoredAs ?? Resource;

    public GroupResource Resource => field ??= new GroupResource(Group, Plural);

    public ResourceVersion StorageVersion => Versions.FirstOrDefault(static version => version.Storage) ?? Versions[0];

    public ResourceVersion? Version(string name)
    {
        foreach (var version in Versions)
        {
            if (string.Equals(version.Name, name, StringComparison.Ordinal))
                return version;
        }

        return null;
    }

    /// <summary><c>apps/v1</c>, or <c>v1</c> in the core group.</summary>
    public string ApiVersion(ResourceVersion version) => Group.Length == 0 ? version.Name : $"{Group}/{version.Name}";
}

/// <summary>What a custom resource remembers of its definition.</summary>
/// <param name="Name">Name of the CustomResourceDefinition.</param>
/// <param name="Uid">Its uid: a definition that was deleted and made again starts with no objects.</param>
/// <param name="Conversion">Its <c>spec.conversion</c>; null or strategy None only rewrites apiVersion.</param>
/// <param name="Terminating">Set while the definition waits for its objects to go: nothing new may be created.</param>
internal sealed record CustomResourceOrigin(string Name, string Uid, JsonObject? Conversion, bool Terminating)
{
    /// <summary>The spec and the accepted names that the resource was made of.</summary>
    public JsonObject Content { get; init; } = JsonObject.Empty;
}
