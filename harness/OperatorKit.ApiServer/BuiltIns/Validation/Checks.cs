using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

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

    public static IEnumerable<FieldError> Positive(JsonObject owner, string path, params IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            if (owner.LongAt(field) is { } value and <= 0)
                yield return FieldError.Invalid($"{path}.{field}", value, "must be greater than 0");
        }
    }

    public static IEnumerable<FieldError> Between(JsonObject owner, string path, string field, long least, long most)
    {
        if (owner.LongAt(field) is { } value && (value < least || value > most))
            yield return FieldError.Invalid($"{path}.{field}", value, string.Create(CultureInfo.InvariantCulture, $"must be between {least} and {most}, inclusive"));
    }

    /// <summary>Each of the members has to be there and not be empty.</summary>
    public static IEnumerable<FieldError> Required(JsonObject owner, string path, params IEnumerable<string> fields) =>
        fields.Where(field => owner[field] is null or JsonNull or JsonString { Value.Length: 0 } or JsonArray { Count: 0 } or JsonObject { Count: 0 }).Select(field => FieldError.Required($"{path}.{field}"));

    /// <summary>Exactly one way of saying it: the second and later ones are forbidden, none is an error of the whole.</summary>
    public static IEnumerable<FieldError> ExactlyOne(JsonObject owner, string path, IEnumerable<string> fields, string tooMany, string none, Func<string, IEnumerable<FieldError>> check)
    {
        var isFound = false;
        foreach (var field in fields.Where(owner.Has))
        {
            foreach (var error in isFound ? [FieldError.Forbidden($"{path}.{field}", tooMany)] : check(field))
                yield return error;
            isFound = true;
        }

        if (!isFound)
            yield return FieldError.Required(path, none);
    }

    /// <summary>A port as a number or as a name.</summary>
    public static IEnumerable<FieldError> PortOrName(JsonValue? value, string path) => value is JsonString name
        ? Formatted(name.Value, path, Formats.PortName)
        : Port(value ?? 0, path);

    /// <summary>A map of label keys to label values.</summary>
    public static IEnumerable<FieldError> Labels(JsonObject? labels, string path)
    {
        foreach (var (key, value) in (labels ?? JsonObject.Empty).OrderBy(static label => label.Key, StringComparer.Ordinal))
        {
            foreach (var error in Formatted(key, path, NameFormat.QualifiedName).Concat(value is JsonString text ? Formatted(text.Value, path, NameFormat.LabelValue) : []))
                yield return error;
        }
    }

    public static IEnumerable<FieldError> Address(string text, string path) => Formatted(text, path, Formats.Address);

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
