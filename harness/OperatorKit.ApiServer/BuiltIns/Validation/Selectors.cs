using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Label selectors as objects: whether they are well formed, and whether they match a template.</summary>
internal static class Selectors
{
    public static IEnumerable<FieldError> Validate(JsonObject selector, string path)
    {
        foreach (var error in Checks.Labels(selector.ObjectAt("matchLabels"), $"{path}.matchLabels"))
            yield return error;
        var i = 0;
        foreach (var expression in selector.Objects("matchExpressions"))
        {
            var at = Checks.At($"{path}.matchExpressions", i++);
            var hasValues = expression.Strings("values").Any();
            switch (expression.StringAt("operator"))
            {
                case "In" or "NotIn" when !hasValues:
                    yield return FieldError.Required($"{at}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                    break;
                case "Exists" or "DoesNotExist" when hasValues:
                    yield return FieldError.Forbidden($"{at}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    break;
                case "In" or "NotIn" or "Exists" or "DoesNotExist":
                    break;
                case var other:
                    yield return FieldError.Invalid($"{at}.operator", other ?? "", "not a valid selector operator");
                    break;
            }

            foreach (var error in Checks.Formatted(expression.StringAt("key") ?? "", $"{at}.key", NameFormat.QualifiedName))
                yield return error;
            var j = 0;
            foreach (var value in expression.Strings("values"))
            {
                foreach (var error in Checks.Formatted(value, Checks.At($"{at}.values", j++), NameFormat.LabelValue))
                    yield return error;
            }
        }
    }

    /// <summary>Whether every term can be understood, so that it makes sense to ask what the selector matches.</summary>
    public static bool IsWellFormed(JsonObject selector) => selector.Objects("matchExpressions").All(static expression => expression.StringAt("operator") switch
    {
        "In" or "NotIn" => expression.Strings("values").Any(),
        "Exists" or "DoesNotExist" => !expression.Strings("values").Any(),
        _ => false,
    }) && !Validate(selector, "").Any();

    /// <summary>Whether labels match; no selector at all matches nothing.</summary>
    public static bool Matches(JsonObject? selector, JsonObject? labels)
    {
        if (selector is null)
            return false;
        labels ??= JsonObject.Empty;
        foreach (var (key, value) in selector.ObjectAt("matchLabels") ?? JsonObject.Empty)
        {
            if (!value.Equals(labels[key]))
                return false;
        }

        return selector.Objects("matchExpressions").All(expression =>
        {
            var given = labels[expression.StringAt("key") ?? ""] as JsonString;
            var isListed = given is not null && expression.Strings("values").Contains(given.Value, StringComparer.Ordinal);
            return expression.StringAt("operator") switch
            {
                "In" => isListed,
                "NotIn" => !isListed,
                "Exists" => given is not null,
                "DoesNotExist" => given is null,
                _ => false,
            };
        });
    }
}
