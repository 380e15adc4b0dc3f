using System.Text.Json;

namespace OperatorKit;

/// <summary>What a caller wants of an object, and no more: the body of a server-side apply. A member left unset is not sent and stays as it is.</summary>
/// <typeparam name="TResource">The kind that it applies to.</typeparam>
public interface IApplyConfiguration<TResource>
    where TResource : class
{
    /// <summary>The name of the object.</summary>
    string Name { get; }

    /// <summary>The namespace of the object; null takes the client's.</summary>
    string? Namespace { get; }

    /// <summary>Writes the whole body: <c>apiVersion</c>, <c>kind</c>, <c>metadata</c> and what is set.</summary>
    /// <param name="writer">Where to write.</param>
    void WriteJson(Utf8JsonWriter writer);
}
