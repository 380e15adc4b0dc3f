using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>An object that the server sent and that does not fit its type.</summary>
/// <param name="Definition">The kind.</param>
/// <param name="Namespace">Its namespace; null for an object of the cluster.</param>
/// <param name="Name">Its name; empty when even that cannot be read.</param>
/// <param name="ResourceVersion">Its version; empty when even that cannot be read.</param>
/// <param name="Error">Where the JSON stops fitting.</param>
public sealed record InvalidObject(ResourceDefinition Definition, string? Namespace, string Name, string ResourceVersion, JsonException Error)
{
    /// <summary>Whether a watch sent it as the last state of an object that is gone. Default: false.</summary>
    public bool IsDeleted { get; init; }
}
