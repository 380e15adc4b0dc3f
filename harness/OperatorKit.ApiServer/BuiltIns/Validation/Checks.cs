using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Checks that many kinds share, in the words of the real server.</summary>
internal static class Checks
{
    public static IEnumerable<FieldError> NotNegative(JsonObject owner, string path, params IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            if (owner.LongAt(field) is { } value and < 0)
                yield return FieldError.Invalid($"{path}.{field}", value, "must be greater than or equal to 0");
        }
    }

    public static IEnumerable<FieldError> Port(JsonValue? value, string path)
    {
        if (value is JsonNumber number && !(number.TryGetInt64(out var port) && port is >= 1 and <= 65535))
            yield return FieldError.Invalid(path, number, "must be between 1 and 65535, inclusive");
    }

    public static IEnumerable<FieldError> OneOf(JsonObject owner, string path, string field, params IReadOnlyCollection<string> allowed)
    {
        if (owner[field] is JsonString { Value: var value } given && !allowed.Contains(value, StringComparer.Ordinal))
            yield return FieldError.NotSupported($"{path}.{field}", given, allowed);
    }

    public static IEnumerable<FieldError> Formatted(string text, string path, Func<string, IEnumerable<string>> format) =>
        format(text).Select(problem => FieldError.Invalid(path, text, problem));

    public static IEnumerable<FieldError> Immutable(JsonValue? value, JsonValue? old, string path)
    {
        if (!Same(value, old))
            yield return FieldError.Invalid(path, value ?? JsonValue.Null, "field is immutable");
    }

    public static bool Same(JsonValue? one, JsonValue? other) => (one is null or JsonNull) ? other is null or JsonNull : one.Equals(other);

    public static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
