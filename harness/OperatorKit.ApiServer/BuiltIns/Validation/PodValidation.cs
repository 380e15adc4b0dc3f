using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Pods, and the pod templates of workloads.</summary>
internal static class PodValidation
{
    private const string OnlyMayChange = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private static readonly string[] MayChange = ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates", "ephemeralContainers", "nodeName"];

    public static IEnumerable<FieldError> Validate(JsonObject pod, JsonObject? old)
    {
        var spec = pod.ObjectAt("spec") ?? JsonObject.Empty;
        var errors = Spec(spec, "spec").Concat(Checks.OneOf(spec, "spec", "restartPolicy", "Always", "OnFailure", "Never"));
        if (old?.ObjectAt("spec") is { } before && !Changeable(spec).Equals(Changeable(before)))
            errors = errors.Append(FieldError.Forbidden("spec", OnlyMayChange));
        return errors;
    }

    /// <summary>The spec of a pod or of a template; the restart policy is the owner's to judge.</summary>
    public static IEnumerable<FieldError> Spec(JsonObject spec, string path)
    {
        var volumes = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var volume in spec.Objects("volumes"))
        {
            var at = $"{Checks.At($"{path}.volumes", i++)}.name";
            var name = volume.StringAt("name") ?? "";
            if (name.Length == 0)
                yield return FieldError.Required(at);
            else if (!volumes.Add(name))
                yield return FieldError.Duplicate(at, name);
            else
            {
                foreach (var error in Checks.Formatted(name, at, NameFormat.Label))
                    yield return error;
            }
        }

        if (!spec.Objects("containers").Any())
            yield return FieldError.Required($"{path}.containers");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in (string[])["containers", "initContainers", "ephemeralContainers"])
        {
            var index = 0;
            foreach (var container in spec.Objects(list))
            {
                foreach (var error in ContainerValidation.Validate(container, Checks.At($"{path}.{list}", index++), names, volumes))
                    yield return error;
            }
        }

        foreach (var error in Checks.OneOf(spec, path, "dnsPolicy", "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"))
            yield return error;
        foreach (var error in Checks.NotNegative(spec, path, "terminationGracePeriodSeconds"))
            yield return error;
    }

    /// <summary>The template of a workload, which its selector has to match.</summary>
    public static IEnumerable<FieldError> Template(JsonObject? template, JsonObject? selector, string path)
    {
        var labels = template?.ObjectAt("metadata", "labels");
        if (!Selectors.Matches(selector, labels))
            yield return FieldError.Invalid($"{path}.metadata.labels", labels is { Count: > 0 } ? labels : JsonValue.Null, "`selector` does not match template `labels`");
        foreach (var error in Spec(template?.ObjectAt("spec") ?? JsonObject.Empty, $"{path}.spec"))
            yield return error;
    }

    /// <summary>The spec with what may change taken out.</summary>
    private static JsonObject Changeable(JsonObject spec)
    {
        foreach (var field in MayChange)
            spec = spec.Without(field);
        return spec.ChangeEach("containers", Unchangeable).ChangeEach("initContainers", Unchangeable);

        static JsonObject Unchangeable(JsonObject container) => container.Without("image").Without("resources");
    }
}
