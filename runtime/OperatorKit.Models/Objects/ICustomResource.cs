using System.Text.Json;

namespace OperatorKit;

/// <summary>A custom resource declared by a <see cref="KubernetesResourceAttribute"/>; implemented by the source generator.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ICustomResource<TSelf> : IKubernetesResource<TSelf>
    where TSelf : CustomResource, ICustomResource<TSelf>
{
    /// <summary>The CustomResourceDefinition manifest as UTF-8 JSON.</summary>
    static abstract ReadOnlySpan<byte> CustomResourceDefinitionJson { get; }

    /// <summary>Writes a status of this kind.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="status">A status of the type that this kind declares.</param>
    static abstract void WriteStatusJson(Utf8JsonWriter writer, ResourceStatus status);
}
