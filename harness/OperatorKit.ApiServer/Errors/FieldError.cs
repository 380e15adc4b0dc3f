using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Errors;

/// <summary>
/// One problem with one field. <see cref="ToString"/> is what stands in the message of the Status:
/// <c>spec.replicas: Invalid value: -1: must be positive</c>.
/// </summary>
/// <param name="Type">Kind of problem; decides the cause's reason.</param>
/// <param name="Field">Dotted path: <c>spec.containers[0].name</c>.</param>
/// <param name="Message">Everything after the path.</param>
internal sealed record FieldError(FieldErrorType Type, string Field, string Message)
{
    public static FieldError Required(string field, string detail = "") => new(FieldErrorType.Required, field, detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldError Invalid(string field, JsonValue value, string detail) => new(FieldErrorType.Invalid, field, $"Invalid value: {Shown(value)}: {detail}");

    public static FieldError TypeInvalid(string field, JsonValue value, string detail) => new(FieldErrorType.TypeInvalid, field, $"Invalid value: {Shown(value)}: {detail}");

    public static FieldError Duplicate(string field, JsonValue value) => new(FieldErrorType.Duplicate, field, $"Duplicate value: {Shown(value)}");

    public static FieldError Forbidden(string field, string detail) => new(FieldErrorType.Forbidden, field, $"Forbidden: {detail}");

    public static FieldError NotFound(string field, JsonValue value) => new(FieldErrorType.NotFound, field, $"Not found: {Shown(value)}");

    public static FieldError NotSupported(string field, JsonValue value, params IEnumerable<string> supported)
    {
        var values = supported.Select(static name => JsonText.ToCompactString(name)).ToArray();
        return new FieldError(FieldErrorType.NotSupported, field, $"Unsupported value: {Shown(value)}{(values.Length > 0 ? $": supported values: {string.Join(", ", values)}" : "")}");
    }

    public static FieldError TooLong(string field, long limit) =>
        new(FieldErrorType.TooLong, field, string.Create(CultureInfo.InvariantCulture, $"Too long: may not be more than {limit} {(limit == 1 ? "byte" : "bytes")}"));

    public static FieldError TooMany(string field, long actual, long limit) =>
        new(FieldErrorType.TooMany, field, string.Create(CultureInfo.InvariantCulture, $"Too many: {actual}: must have at most {limit} {(limit == 1 ? "item" : "items")}"));

    public static FieldError Internal(string field, string detail) => new(FieldErrorType.Internal, field, $"Internal error: {detail}");

    public override string ToString() => $"{Field}: {Message}";

    private static string Shown(JsonValue value) => JsonText.ToCompactString(value);
}

internal enum FieldErrorType
{
    Required,
    Invalid,
    TypeInvalid,
    Duplicate,
    Forbidden,
    NotFound,
    NotSupported,
    TooLong,
    TooMany,
    Internal,
}
