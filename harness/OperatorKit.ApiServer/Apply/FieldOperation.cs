using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>The write that field ownership is computed for.</summary>
internal sealed record FieldOperation
{
    /// <summary>The field manager; empty stands for <c>unknown</c>.</summary>
    public required string Manager { get; init; }

    /// <summary>The group and version of the request: <c>apps/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    /// <summary>Null or empty for the main resource.</summary>
    public string? Subresource { get; init; }

    /// <summary>The schema of the whole object in the version of the request.</summary>
    public required StructuralSchema Schema { get; init; }

    /// <summary>Whether the object is a built-in kind, whose zero value already holds its nested structs.</summary>
    public bool BuiltIn { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Fields that this endpoint does not write whatever the request says, and so nobody comes to own through it.</summary>
    public FieldSet ResetFields { get; init; } = FieldSet.Empty;

    /// <summary>
    /// Brings an object into another version of its kind. Null from the delegate: the version is gone, and with it what was owned in it.
    /// A null delegate knows the version of the request only.
    /// </summary>
    public Func<JsonObject, string, VersionedObject?>? Convert { get; init; }
}

/// <summary>An object in some version, with that version's schema.</summary>
internal readonly record struct VersionedObject(JsonObject Object, StructuralSchema Schema);
