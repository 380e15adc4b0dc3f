using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>What the bindings of policies must fulfil beyond their types.</summary>
internal static class PolicyBindingRules
{
    private static readonly string[] Actions = ["Audit", "Deny", "Warn"];

    public static IEnumerable<FieldError> Validating(JsonObject binding, JsonObject? old) => [.. Shared(binding), .. ValidationActions(binding.ObjectAt("spec") ?? JsonObject.Empty)];

    public static IEnumerable<FieldError> Mutating(JsonObject binding, JsonObject? old) =>
        [.. Shared(binding), .. PolicyMatchRules.OnlyMutable(binding.ObjectAt("spec", "matchResources"), "spec.matchResources")];

    private static IEnumerable<FieldError> Shared(JsonObject binding)
    {
        var spec = binding.ObjectAt("spec") ?? JsonObject.Empty;
        var name = spec.StringAt("policyName") ?? "";
        return
        [
            .. name.Length == 0 ? [FieldError.Required("spec.policyName")] : Checks.Formatted(name, "spec.policyName", NameFormat.Subdomain),
            .. spec.ObjectAt("paramRef") is { } reference ? ParamRef(reference, "spec.paramRef") : [],
            .. spec.ObjectAt("matchResources") is { } matching ? PolicyMatchRules.Validate(matching, "spec.matchResources") : [],
        ];
    }

    private static IEnumerable<FieldError> ParamRef(JsonObject reference, string path)
    {
        const string exclusive = "name and selector are mutually exclusive";
        var (name, selector) = (reference.StringAt("name") ?? "", reference.ObjectAt("selector"));
        foreach (var error in Checks.Formatted(name, $"{path}.name", NameFormat.PathSegment))
            yield return error;
        if (name.Length > 0 && selector is not null)
            yield return FieldError.Forbidden($"{path}.name", exclusive);
        foreach (var error in selector is null ? [] : BuiltIns.Validation.Selectors.Validate(selector, $"{path}.selector"))
            yield return error;
        if (name.Length > 0 && selector is not null)
            yield return FieldError.Forbidden($"{path}.selector", exclusive);
        if (name.Length == 0 && selector is null)
            yield return FieldError.Required(path, "one of name or selector must be specified");
        foreach (var error in Checks.Required(reference, path, "parameterNotFoundAction").Concat(Checks.OneOf(reference, path, "parameterNotFoundAction", "Deny", "Allow")))
            yield return error;
    }

    private static IEnumerable<FieldError> ValidationActions(JsonObject spec)
    {
        const string path = "spec.validationActions";
        var actions = spec.Strings("validationActions").ToList();
        for (var i = 0; i < actions.Count; i++)
        {
            if (!Actions.Contains(actions[i]))
                yield return FieldError.NotSupported(Checks.At(path, i), actions[i], Actions);
            if (actions.IndexOf(actions[i]) < i)
                yield return FieldError.Duplicate(Checks.At(path, i), actions[i]);
        }

        if (actions.Contains("Deny") && actions.Contains("Warn"))
            yield return FieldError.Invalid(path, spec["validationActions"]!, "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
        if (actions.Count == 0)
            yield return FieldError.Required(path, "at least one validation action is required");
    }
}
