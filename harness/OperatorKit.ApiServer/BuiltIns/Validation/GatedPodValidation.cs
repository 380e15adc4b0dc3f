using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>While scheduling gates hold a pod back, where it may run can still be narrowed, and never widened.</summary>
internal static class GatedPodValidation
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string TermsPath = $"spec.affinity.nodeAffinity.{Required}.nodeSelectorTerms";

    public static IEnumerable<FieldError> Validate(JsonObject spec, JsonObject before)
    {
        var selector = spec.ObjectAt("nodeSelector") ?? JsonObject.Empty;
        if ((before.ObjectAt("nodeSelector") ?? JsonObject.Empty).Any(kept => !kept.Value.Equals(selector[kept.Key])))
            yield return FieldError.Invalid("spec.nodeSelector", selector.Count == 0 ? JsonValue.Null : selector, "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        foreach (var error in Terms(NodeTerms(spec), NodeTerms(before)))
            yield return error;
    }

    /// <summary>The spec without what <see cref="Validate"/> judges.</summary>
    public static JsonObject WithoutPlacement(JsonObject spec)
    {
        var rest = spec.Without("nodeSelector").WithoutAt("affinity", "nodeAffinity");
        return rest.ObjectAt("affinity") is { Count: 0 } ? rest.Without("affinity") : rest;
    }

    private static JsonArray NodeTerms(JsonObject spec) => spec.ArrayAt("affinity", "nodeAffinity", Required, "nodeSelectorTerms") ?? JsonArray.Empty;

    private static IEnumerable<FieldError> Terms(JsonArray terms, JsonArray before)
    {
        if (before.Count == 0)
            yield break;
        if (terms.Count != before.Count)
        {
            yield return FieldError.Invalid(TermsPath, terms.Count == 0 ? JsonValue.Null : terms, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            yield break;
        }

        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i] is JsonObject term && before[i] is JsonObject old && !OnlyAdds(term, old))
                yield return FieldError.Invalid(Checks.At(TermsPath, i), term, "only additions are allowed (no mutations or deletions)");
        }
    }

    // A term without requirements selects nothing: with some, it would select more.
    private static bool OnlyAdds(JsonObject term, JsonObject before) =>
        (IsEmpty(term) || !IsEmpty(before)) && BeginsWith(term, before, "matchExpressions") && BeginsWith(term, before, "matchFields");

    private static bool IsEmpty(JsonObject term) => !term.Objects("matchExpressions").Any() && !term.Objects("matchFields").Any();

    private static bool BeginsWith(JsonObject term, JsonObject before, string list) =>
        before.Objects(list).SequenceEqual(term.Objects(list).Take(before.Objects(list).Count()));
}
