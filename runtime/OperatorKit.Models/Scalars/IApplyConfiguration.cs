using System.Text.Json;

namespace OperatorKit.Models;

/// <summary>What one field manager wants of an object, for server-side apply: the fields that it sets are its own, all others are left alone.</summary>
/// <typeparam name="TResource">The kind.</typeparam>
public interface IApplyConfiguration<TResource>
    where TResource : class
{
    /// <summary>The name of the object.</summary>
    string Name { get; }

    /// <summary>Writes the apply request with <c>apiVersion</c>, <c>kind</c> and <c>metadata.name</c>.</summary>
    /// <param name="writer">Where to write.</param>
    void WriteJson(Utf8JsonWriter writer);
}
