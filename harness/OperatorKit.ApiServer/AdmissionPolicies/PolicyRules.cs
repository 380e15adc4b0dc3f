using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>What is wrong with the expressions of policies and webhook configurations.</summary>
internal static class PolicyRules
{
    public static IEnumerable<FieldError> Validate(JsonObject policy, JsonObject? old) =>
    [
        .. policy.ObjectAt("spec", "matchConstraints") is null ? [FieldError.Required("spec.matchConstraints")] : (FieldError[])[],
        .. Expressions(policy.ArrayAt("spec", "matchConditions"), "spec.matchConditions"),
        .. Expressions(policy.ArrayAt("spec", "variables"), "spec.variables"),
        .. Expressions(policy.ArrayAt("spec", "validations"), "spec.validations"),
        .. Expressions(policy.ArrayAt("spec", "validations"), "spec.validations", "messageExpression"),
    ];

    public static IEnumerable<FieldError> Expressions(JsonArray? items, string path, string field = "expression")
    {
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}].{field}");
            var expression = (items![i] as JsonObject)?.StringAt(field);
            if (field == "expression" && string.IsNullOrWhiteSpace(expression))
                yield return FieldError.Required(place);
            else if (!string.IsNullOrWhiteSpace(expression) && AdmissionExpressions.Problem(expression) is { } problem)
                yield return FieldError.Invalid(place, expression, problem);
        }
    }
}
