using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Numbers of pods, given as such or as a percentage.</summary>
internal static class IntOrPercentValidation
{
    private const string PercentProblem = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

    /// <summary>A number that is not negative, or a percentage.</summary>
    public static IEnumerable<FieldError> Validate(JsonValue? value, string path) => value switch
    {
        JsonString text when Percent(text) is null => [FieldError.Invalid(path, text, PercentProblem)],
        JsonNumber number when number.TryGetInt64(out var integer) && integer < 0 => [FieldError.Invalid(path, number, "must be greater than or equal to 0")],
        _ => [],
    };

    /// <summary>As <see cref="Validate"/>, and no more than all of it.</summary>
    public static IEnumerable<FieldError> Share(JsonValue? value, string path) => Validate(value, path).Concat(Limited(value, path));

    public static IEnumerable<FieldError> Limited(JsonValue? value, string path) =>
        value is JsonString text && Percent(text) > 100 ? [FieldError.Invalid(path, text, "must not be greater than 100%")] : [];

    public static bool IsZero(JsonValue? value) => value switch
    {
        JsonString text => (Percent(text) ?? 0) == 0,
        JsonNumber number => number.TryGetInt64(out var integer) && integer == 0,
        _ => value is null,
    };

    private static long? Percent(JsonString text) => text.Value is [.. var digits, '%'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : null;
}
