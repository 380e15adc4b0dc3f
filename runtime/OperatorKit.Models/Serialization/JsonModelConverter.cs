using System.Text.Json;
using System.Text.Json.Serialization;

namespace OperatorKit.Serialization;

/// <summary>Lets <see cref="JsonSerializer"/> use the JSON that a type brings with it.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class JsonModelConverter<T> : JsonConverter<T>
    where T : class, IJsonModel<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.ReadJson(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => T.WriteJson(writer, value);
}

/// <summary>Lets <see cref="JsonSerializer"/> use the JSON that was generated beside a type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="read">Reads a value.</param>
/// <param name="write">Writes a value.</param>
public sealed class JsonDelegateConverter<T>(JsonRead<T> read, JsonWrite<T> write) : JsonConverter<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ModelReader.Document(ref reader, read);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
}
