using System.Buffers;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Watching;

/// <summary>Which objects of a kind a cache holds, and what of them. Caches of the same form are one.</summary>
/// <param name="LabelSelector">As the server takes it; null for all.</param>
/// <param name="FieldSelector">As the server takes it; null for all.</param>
/// <param name="MetadataOnly">Whether nothing but the metadata is read.</param>
/// <param name="Transform">Makes of an object what is kept of it; null keeps it whole.</param>
internal sealed record CachedForm<T>(string? LabelSelector = null, string? FieldSelector = null, bool MetadataOnly = false, Func<T, T>? Transform = null)
    where T : class, IKubernetesResource<T>
{
    public static CachedForm<T> Of(CacheOptions<T> options, string? labelSelector) =>
        new(labelSelector, options.FieldSelector, options.MetadataOnly, options.Transform);

    /// <summary>What is kept of an object that the server has sent in this form.</summary>
    public T Of(T read)
    {
        if (Transform is null)
            return read;
        try
        {
            return Transform(read);
        }
        catch (Exception)
        {
            // The user's code; an object kept whole costs memory, one left out would cost more.
            return read;
        }
    }

    /// <summary>What is kept of the answer to a write, which comes whole.</summary>
    public T OfWhole(T answer) => Of(MetadataOnly ? Strip(answer) : answer);

    private static T Strip(T answer)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("metadata"u8);
            V1ObjectMeta.WriteJson(writer, answer.Metadata);
            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        reader.Read();
        return T.ReadJson(ref reader);
    }
}
