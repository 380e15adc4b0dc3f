using System.Globalization;

namespace OperatorKit;

/// <summary>What is wrong with one field, in the words that the API server uses for its own validation.</summary>
public sealed record FieldError
{
    private FieldError(string field, string reason, string message)
    {
        Field = field;
        Reason = reason;
        Message = message;
    }

    /// <summary>The field, as in <c>spec.ports[0].name</c>.</summary>
    public string Field { get; }

    /// <summary>The reason as <c>status.details.causes</c> spells it, as in <c>FieldValueInvalid</c>.</summary>
    public string Reason { get; }

    /// <summary>What is wrong, without the field.</summary>
    public string Message { get; }

    /// <summary>The value cannot be.</summary>
    /// <param name="field">The field, as in <c>spec.image</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="detail">What it must be, as in <c>must have a tag</c>.</param>
    /// <returns>The error.</returns>
    public static FieldError Invalid(string field, object? value, string detail) => new(
        field, "FieldValueInvalid", $"Invalid value: {(value is null or string ? $"\"{value}\"" : Convert.ToString(value, CultureInfo.InvariantCulture))}: {detail}");

    /// <summary>The field must have a value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="detail">Why, or which values there are; may be empty.</param>
    /// <returns>The error.</returns>
    public static FieldError Required(string field, string detail = "") => new(field, "FieldValueRequired", Joined("Required value", detail));

    /// <summary>The field must not be set or changed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="detail">Why; may be empty.</param>
    /// <returns>The error.</returns>
    public static FieldError Forbidden(string field, string detail = "") => new(field, "FieldValueForbidden", Joined("Forbidden", detail));

    /// <summary>Something else has the value already.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The error.</returns>
    public static FieldError Duplicate(string field, string value) => new(field, "FieldValueDuplicate", $"Duplicate value: \"{value}\"");

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Message}";

    private static string Joined(string what, string detail) => detail.Length == 0 ? what : $"{what}: {detail}";
}
