using System.Globalization;

namespace OperatorKit.ApiServer.Json;

internal sealed class JsonNull : JsonValue
{
    private JsonNull()
    {
    }

    public static JsonNull Instance { get; } = new();

    public override JsonKind Kind => JsonKind.Null;

    public override bool Equals(JsonValue? other) => other is JsonNull;

    public override int GetHashCode() => 0;
}

internal sealed class JsonBool : JsonValue
{
    private JsonBool(bool value) => Value = value;

    public static JsonBool True { get; } = new(true);

    public static JsonBool False { get; } = new(false);

    public bool Value { get; }

    public override JsonKind Kind => JsonKind.Bool;

    public override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Value ? 1 : 2;
}

internal sealed class JsonString(string value) : JsonValue
{
    public string Value { get; } = value;

    public override JsonKind Kind => JsonKind.String;

    public override bool Equals(JsonValue? other) => other is JsonString text && string.Equals(text.Value, Value, StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);
}

/// <summary>A number as it stood in the source, so that <c>1</c>, <c>1.0</c> and large integers survive a round trip.</summary>
internal sealed class JsonNumber(string token) : JsonValue
{
    public string Token { get; } = token;

    public override JsonKind Kind => JsonKind.Number;

    /// <summary>Whether the token is written as an integer (no fraction, no exponent) that fits 64 bits.</summary>
    public bool TryGetInt64(out long value) => long.TryParse(Token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>The number as Go writes what it has read: a whole number without a fraction.</summary>
    public JsonNumber Canonical()
    {
        if (TryGetInt64(out _))
            return this;
        var value = AsDouble();
        return double.IsInteger(value) && Math.Abs(value) < 1e15 ? new JsonNumber(((long)value).ToString(CultureInfo.InvariantCulture)) : this;
    }

    public double AsDouble() => double.Parse(Token, NumberStyles.Float, CultureInfo.InvariantCulture);

    public override bool Equals(JsonValue? other) => other is JsonNumber number
        && (string.Equals(number.Token, Token, StringComparison.Ordinal) || SameNumber(number));

    public override int GetHashCode() => AsDouble().GetHashCode();

    private bool SameNumber(JsonNumber other) => TryGetInt64(out var mine) && other.TryGetInt64(out var theirs)
        ? mine == theirs
        : AsDouble().Equals(other.AsDouble());
}
