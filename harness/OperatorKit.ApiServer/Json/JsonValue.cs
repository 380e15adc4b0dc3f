using System.Globalization;

namespace OperatorKit.ApiServer.Json;

/// <summary>An immutable JSON value. Numbers keep their source token, objects keep the order of their members.</summary>
internal abstract class JsonValue : IEquatable<JsonValue>
{
    private protected JsonValue()
    {
    }

    public abstract JsonKind Kind { get; }

    public static JsonValue Null => JsonNull.Instance;

    public static JsonValue From(bool value) => value ? JsonBool.True : JsonBool.False;

    public static JsonValue From(long value) => new JsonNumber(value.ToString(CultureInfo.InvariantCulture));

    public static JsonValue From(double value) => new JsonNumber(value.ToString("R", CultureInfo.InvariantCulture));

    public static JsonValue From(string value) => new JsonString(value);

    public static implicit operator JsonValue(string value) => From(value);

    public static implicit operator JsonValue(bool value) => From(value);

    public static implicit operator JsonValue(long value) => From(value);

    /// <summary>Structural equality: member order does not matter, and 1 equals 1.0.</summary>
    public abstract bool Equals(JsonValue? other);

    public sealed override bool Equals(object? obj) => obj is JsonValue value && Equals(value);

    public abstract override int GetHashCode();

    public override string ToString() => JsonText.ToCompactString(this);
}

internal enum JsonKind
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}
