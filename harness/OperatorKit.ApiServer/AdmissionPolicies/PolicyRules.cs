using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>What ValidatingAdmissionPolicies and MutatingAdmissionPolicies must fulfil beyond their types.</summary>
internal static class PolicyRules
{
    private const int MostAnnotations = 20;

    private static readonly string[] PatchTypes = ["ApplyConfiguration", "JSONPatch"];

    public static IEnumerable<FieldError> Validating(JsonObject policy, JsonObject? old)
    {
        var spec = policy.ObjectAt("spec") ?? JsonObject.Empty;
        var compiler = new PolicyCompiler(spec.Has("paramKind"), hasVariables: spec.ArrayAt("variables") is { Count: > 0 });
        return
        [
            .. Shared(spec, old),
            .. PolicyExpressionRules.Variables(spec, "spec", compiler),
            .. Validations(policy, spec, compiler),
        ];
    }

    public static IEnumerable<FieldError> Mutating(JsonObject policy, JsonObject? old)
    {
        var spec = policy.ObjectAt("spec") ?? JsonObject.Empty;
        var compiler = new PolicyCompiler(spec.Has("paramKind"), hasVariables: true);
        return
        [
            .. Shared(spec, old),
            .. PolicyMatchRules.OnlyMutable(spec.ObjectAt("matchConstraints"), "spec.matchConstraints"),
            .. PolicyExpressionRules.Variables(spec, "spec", compiler),
            .. spec.ArrayAt("mutations") is { Count: > 0 } ? [] : (FieldError[])[FieldError.Required("spec.mutations", "mutations must contain at least one item")],
            .. spec.Objects("mutations").SelectMany((mutation, index) => Mutation(mutation, Checks.At("spec.mutations", index), compiler)),
            .. Checks.Required(spec, "spec", "reinvocationPolicy"),
            .. Checks.OneOf(spec, "spec", "reinvocationPolicy", "IfNeeded", "Never"),
        ];
    }

    private static IEnumerable<FieldError> Shared(JsonObject spec, JsonObject? old)
    {
        foreach (var error in Checks.OneOf(spec, "spec", "failurePolicy", "Fail", "Ignore"))
            yield return error;
        var kind = spec.ObjectAt("paramKind");
        foreach (var error in kind is null ? [] : ParamKind(kind))
            yield return error;
        foreach (var error in spec.ObjectAt("matchConstraints") is { } constraints ? PolicyMatchRules.Validate(constraints, "spec.matchConstraints") : [FieldError.Required("spec.matchConstraints")])
            yield return error;
        if (spec.ObjectAt("matchConstraints") is { } matching && matching.ArrayAt("resourceRules") is null or { Count: 0 })
            yield return FieldError.Required("spec.matchConstraints.resourceRules");
        // Conditions that were good once stay good.
        if (old?.ObjectAt("spec") is { } before && Checks.Same(spec["matchConditions"], before["matchConditions"]) && Checks.Same(spec["paramKind"], before["paramKind"]))
            yield break;
        foreach (var error in PolicyExpressionRules.Conditions(spec, "spec", kind is not null))
            yield return error;
    }

    private static IEnumerable<FieldError> Validations(JsonObject policy, JsonObject spec, PolicyCompiler compiler)
    {
        if (spec.ArrayAt("validations") is null or { Count: 0 } && spec.ArrayAt("auditAnnotations") is null or { Count: 0 })
        {
            foreach (var field in (string[])["validations", "auditAnnotations"])
                yield return FieldError.Required($"spec.{field}", "validations or auditAnnotations must contain at least one item");
        }

        if (spec.ArrayAt("auditAnnotations") is { Count: > MostAnnotations } many)
            yield return FieldError.Invalid("spec.auditAnnotations", many, $"must not have more than {MostAnnotations} auditAnnotations");
        var (validations, annotations) = (spec.Objects("validations"), spec.Objects("auditAnnotations").ToList());
        foreach (var error in validations.SelectMany((validation, index) => Validation(validation, Checks.At("spec.validations", index), compiler)))
            yield return error;
        for (var i = 0; i < annotations.Count; i++)
        {
            var (key, path) = (annotations[i].StringAt("key") ?? "", Checks.At("spec.auditAnnotations", i));
            foreach (var error in Annotation(policy, annotations[i], path, compiler))
                yield return error;
            if (annotations.FindIndex(other => (other.StringAt("key") ?? "") == key) < i)
                yield return FieldError.Duplicate($"{path}.key", key);
        }
    }

    private static IEnumerable<FieldError> Validation(JsonObject validation, string path, PolicyCompiler compiler)
    {
        foreach (var error in PolicyExpressionRules.Expression(validation, "expression", path, "expression is not specified", text => compiler.Compile(text), trimmed: false, CelType.Bool))
            yield return error;
        var (text, message) = (validation.StringAt("messageExpression") ?? "", validation.StringAt("message") ?? "");
        if (text.Length > 0 && string.IsNullOrWhiteSpace(text))
            yield return FieldError.Invalid($"{path}.messageExpression", text, "must be non-empty if specified");
        foreach (var error in string.IsNullOrWhiteSpace(text) ? [] : PolicyExpressionRules.Expression(validation, "messageExpression", path, "", source => compiler.Compile(source, PolicyExpressionUse.Message), trimmed: false, CelType.String))
            yield return error;
        if (message.Length > 0 && string.IsNullOrWhiteSpace(message))
            yield return FieldError.Invalid($"{path}.message", message, "must be non-empty if specified");
        else if (message.Trim().AsSpan().ContainsAny('\n', '\r'))
            yield return FieldError.Invalid($"{path}.message", message, "must not contain line breaks");
        foreach (var error in Checks.OneOf(validation, path, "reason", "Forbidden", "Invalid", "RequestEntityTooLarge"))
            yield return error;
    }

    private static IEnumerable<FieldError> Annotation(JsonObject policy, JsonObject annotation, string path, PolicyCompiler compiler)
    {
        foreach (var error in Checks.Formatted($"{policy.Name}/{annotation.StringAt("key")}", $"{path}.key", NameFormat.QualifiedName))
            yield return error;
        var errors = PolicyExpressionRules.Expression(
            annotation, "valueExpression", path, "valueExpression is not specified", text => compiler.Compile(text.Trim()), trimmed: false, CelType.String, CelType.Null);
        foreach (var error in errors)
            yield return error;
    }

    private static IEnumerable<FieldError> Mutation(JsonObject mutation, string path, PolicyCompiler compiler)
    {
        var type = mutation.StringAt("patchType") ?? "";
        if (type.Length == 0)
            return [FieldError.Required($"{path}.patchType")];
        if (!PatchTypes.Contains(type))
            return [FieldError.NotSupported($"{path}.patchType", type, PatchTypes)];
        var (field, other, result) = type == "JSONPatch"
            ? ("jsonPatch", "applyConfiguration", CelType.List(CelPatchTypes.JsonPatch))
            : ("applyConfiguration", "jsonPatch", CelPatchTypes.Object);
        return
        [
            .. mutation.ObjectAt(field) is { } patch
                ? PolicyExpressionRules.Expression(patch, "expression", $"{path}.{field}", "", text => compiler.Compile(text.Trim(), PolicyExpressionUse.Patch), trimmed: true, result)
                : [FieldError.Required($"{path}.{field}", $"must be specified when patchType is {type}")],
            .. mutation.Has(other) ? [FieldError.Invalid($"{path}.{other}", $"{{{other}}}", $"must not be specified when patchType is {type}")] : (FieldError[])[],
        ];
    }

    private static IEnumerable<FieldError> ParamKind(JsonObject kind)
    {
        const string path = "spec.paramKind";
        var (apiVersion, name) = (kind.StringAt("apiVersion") ?? "", kind.StringAt("kind") ?? "");
        var parts = apiVersion.Split('/');
        var (group, version) = parts.Length == 1 ? ("", parts[0]) : (parts[0], parts[^1]);
        if (apiVersion.Length == 0)
            yield return FieldError.Required($"{path}.apiVersion");
        else if (parts.Length > 2)
            yield return FieldError.Invalid($"{path}.apiVersion", apiVersion, $"unexpected GroupVersion string: {apiVersion}");
        else if (version.Length == 0)
            yield return FieldError.Invalid($"{path}.apiVersion", apiVersion, "version must be specified");
        else if (string.Join(',', group.Length > 0 ? NameFormat.Subdomain(group) : []) is { Length: > 0 } groupProblem)
            yield return FieldError.Invalid($"{path}.apiVersion", group, groupProblem);
        else if (string.Join(',', NameFormat.Label1035(version)) is { Length: > 0 } versionProblem)
            yield return FieldError.Invalid($"{path}.apiVersion", version, versionProblem);
        if (name.Length == 0)
            yield return FieldError.Required($"{path}.kind");
        else if (string.Join(',', NameFormat.Label1035(name.ToLowerInvariant())) is { Length: > 0 } problem)
            yield return FieldError.Invalid($"{path}.kind", name, $"may have mixed case, but should otherwise match: {problem}");
    }
}
