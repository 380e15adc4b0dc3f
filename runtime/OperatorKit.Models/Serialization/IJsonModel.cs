using System.Text.Json;

namespace OperatorKit;

/// <summary>
/// A type that reads and writes itself as JSON without reflection. The source generator implements it for custom
/// resources; the built-in kinds implement it too.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IJsonModel<TSelf>
    where TSelf : IJsonModel<TSelf>
{
    /// <summary>Reads one object. The reader stands on its start token, and on its end token afterwards. Unknown members are skipped.</summary>
    /// <param name="reader">The reader, positioned on <see cref="JsonTokenType.StartObject"/>.</param>
    /// <returns>The object read.</returns>
    /// <exception cref="JsonException">The JSON does not fit the type.</exception>
    static abstract TSelf ReadJson(ref Utf8JsonReader reader);

    /// <summary>Writes one object. Members that are null are left out.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">What to write.</param>
    static abstract void WriteJson(Utf8JsonWriter writer, TSelf value);
}
