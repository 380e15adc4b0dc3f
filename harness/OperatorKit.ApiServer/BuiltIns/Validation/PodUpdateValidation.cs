using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>What an update of a pod may change of its spec.</summary>
internal static class PodUpdateValidation
{
    private const string OnlyMayChange = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private static readonly string[] MayChange = ["activeDeadlineSeconds", "tolerations", "schedulingGates"];

    public static IEnumerable<FieldError> Validate(JsonObject spec, JsonObject before)
    {
        foreach (var list in (string[])["containers", "initContainers"])
        {
            var containers = spec.Objects(list).ToArray();
            if (containers.Length != before.Objects(list).Count())
            {
                yield return FieldError.Forbidden($"spec.{list}", "pod updates may not add or remove containers");
                yield break;
            }

            for (var i = 0; i < containers.Length; i++)
            {
                foreach (var error in Checks.Required(containers[i], Checks.At($"spec.{list}", i), "image"))
                    yield return error;
            }
        }

        var deadline = Deadline(spec, before);
        if (deadline is not null)
            yield return deadline;
        // A new deadline that is wrong ends the comparison, one that is gone does not.
        if (deadline is not null && spec.Has("activeDeadlineSeconds"))
            yield break;
        var tolerated = spec.Objects("tolerations").Select(static toleration => toleration.Without("tolerationSeconds")).ToHashSet();
        if (before.Objects("tolerations").Any(toleration => !tolerated.Contains(toleration.Without("tolerationSeconds"))))
            yield return FieldError.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
        foreach (var error in Gates(spec, before))
            yield return error;
        var (changed, unchanged) = (Unchangeable(spec), Unchangeable(before));
        if (before.LongAt("terminationGracePeriodSeconds") < 0 && spec.LongAt("terminationGracePeriodSeconds") == 1)
            unchanged = unchanged.With("terminationGracePeriodSeconds", 1);
        if (before.Objects("schedulingGates").Any())
        {
            foreach (var error in GatedPodValidation.Validate(spec, before))
                yield return error;
            (changed, unchanged) = (GatedPodValidation.WithoutPlacement(changed), GatedPodValidation.WithoutPlacement(unchanged));
        }

        if (!changed.Equals(unchanged))
            yield return FieldError.Forbidden("spec", OnlyMayChange);
    }

    private static IEnumerable<FieldError> Gates(JsonObject spec, JsonObject before)
    {
        var known = before.Objects("schedulingGates").Select(static gate => gate.StringAt("name")).ToHashSet();
        return spec.Objects("schedulingGates")
            .Select(static (gate, i) => (Name: gate.StringAt("name"), Path: $"{Checks.At("spec.schedulingGates", i)}.name"))
            .Where(gate => !known.Contains(gate.Name))
            .Select(static gate => FieldError.Forbidden(gate.Path, $"only deletion is allowed, but found new scheduling gate '{gate.Name}'"));
    }

    private static FieldError? Deadline(JsonObject spec, JsonObject before) => (spec.LongAt("activeDeadlineSeconds"), before.LongAt("activeDeadlineSeconds")) switch
    {
        ({ } now and (< 0 or > int.MaxValue), _) => FieldError.Invalid("spec.activeDeadlineSeconds", now, "must be between 0 and 2147483647, inclusive"),
        ({ } now, { } was) when now > was => FieldError.Invalid("spec.activeDeadlineSeconds", now, "must be less than or equal to previous value"),
        (null, { }) => FieldError.Invalid("spec.activeDeadlineSeconds", JsonValue.Null, "must not update from a positive integer to nil value"),
        _ => null,
    };

    /// <summary>The spec with what may change taken out.</summary>
    private static JsonObject Unchangeable(JsonObject spec) => MayChange
        .Aggregate(spec, static (rest, field) => rest.Without(field))
        .ChangeEach("containers", static container => container.Without("image"))
        .ChangeEach("initContainers", static container => container.Without("image"));
}
