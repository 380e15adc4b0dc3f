using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>What decides where a pod runs: affinity, spread and tolerations.</summary>
internal static class SchedulingValidation
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    public static IEnumerable<FieldError> Affinity(JsonObject affinity, string path) =>
    [
        .. affinity.ObjectAt("nodeAffinity") is { } node ? NodeAffinity(node, $"{path}.nodeAffinity") : [],
        .. PodAffinity(affinity, $"{path}.podAffinity", "podAffinity"),
        .. PodAffinity(affinity, $"{path}.podAntiAffinity", "podAntiAffinity"),
    ];

    public static IEnumerable<FieldError> NodeSelector(JsonObject selector, string path, bool checksValues)
    {
        var terms = selector.Objects("nodeSelectorTerms").ToArray();
        return terms.Length == 0
            ? [FieldError.Required($"{path}.nodeSelectorTerms", "must have at least one node selector term")]
            : terms.SelectMany((term, i) => Term(term, Checks.At($"{path}.nodeSelectorTerms", i), checksValues));
    }

    public static IEnumerable<FieldError> Spread(JsonObject spec, string path)
    {
        var constraints = spec.Objects("topologySpreadConstraints").ToArray();
        return constraints.SelectMany((constraint, i) => Constraint(constraint, constraints[(i + 1)..], Checks.At(path, i)));
    }

    public static IEnumerable<FieldError> Tolerations(JsonObject spec, string path) => spec.Objects("tolerations").SelectMany((toleration, i) => Toleration(toleration, Checks.At(path, i)));

    private static IEnumerable<FieldError> Toleration(JsonObject toleration, string at)
    {
        var (key, kind, value, effect) = (toleration.StringAt("key") ?? "", toleration.StringAt("operator") ?? "", toleration.StringAt("value") ?? "", toleration.StringAt("effect") ?? "");
        foreach (var error in key.Length > 0 ? Checks.Formatted(key, $"{at}.key", NameFormat.QualifiedName) : [])
            yield return error;
        if (key.Length == 0 && kind != "Exists")
            yield return FieldError.Invalid($"{at}.operator", kind, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        if (toleration.Has("tolerationSeconds") && effect != "NoExecute")
            yield return FieldError.Invalid($"{at}.effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        switch (kind)
        {
            case "" or "Equal":
                if (NameFormat.LabelValue(value).ToArray() is { Length: > 0 } problems)
                    yield return FieldError.Invalid($"{at}.operator", value, string.Join(';', problems));
                break;
            case "Exists" when value.Length > 0:
                yield return FieldError.Invalid($"{at}.operator", value, "value must be empty when `operator` is 'Exists'");
                break;
            case "Exists":
                break;
            case "Lt" or "Gt":
                yield return FieldError.NotSupported($"{at}.operator", kind, "Equal", "Exists", "Lt", "Gt");
                break;
            default:
                yield return FieldError.NotSupported($"{at}.operator", kind, "Equal", "Exists");
                break;
        }

        if (effect.Length > 0)
        {
            foreach (var error in Checks.OneOf(toleration, at, "effect", "NoSchedule", "PreferNoSchedule", "NoExecute"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> NodeAffinity(JsonObject affinity, string path) =>
    [
        .. affinity.ObjectAt(Required) is { } required ? NodeSelector(required, $"{path}.{Required}", checksValues: true) : [],
        .. affinity.Objects(Preferred).SelectMany((term, i) =>
        {
            var at = Checks.At($"{path}.{Preferred}", i);
            return Weight(term, at).Concat(Term(term.ObjectAt("preference") ?? JsonObject.Empty, $"{at}.preference", checksValues: false));
        }),
    ];

    private static IEnumerable<FieldError> Weight(JsonObject term, string at) => (term.LongAt("weight") ?? 0) is var weight and (<= 0 or > 100)
        ? [FieldError.Invalid($"{at}.weight", weight, "must be in the range 1-100")]
        : [];

    private static IEnumerable<FieldError> Term(JsonObject term, string path, bool checksValues) =>
    [
        .. term.Objects("matchExpressions").SelectMany((requirement, i) => Requirement(requirement, Checks.At($"{path}.matchExpressions", i), checksValues)),
        .. term.Objects("matchFields").SelectMany((requirement, i) => FieldRequirement(requirement, Checks.At($"{path}.matchFields", i))),
    ];

    private static IEnumerable<FieldError> Requirement(JsonObject requirement, string at, bool checksValues)
    {
        var values = requirement.Strings("values").ToArray();
        switch (requirement.StringAt("operator"))
        {
            case "In" or "NotIn" when values.Length == 0:
                yield return FieldError.Required($"{at}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values.Length > 0:
                yield return FieldError.Forbidden($"{at}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when values.Length != 1:
                yield return FieldError.Required($"{at}.values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                break;
            case var other:
                yield return FieldError.Invalid($"{at}.operator", other ?? "", "not a valid selector operator");
                break;
        }

        foreach (var error in Checks.Formatted(requirement.StringAt("key") ?? "", $"{at}.key", NameFormat.QualifiedName))
            yield return error;
        for (var i = 0; checksValues && i < values.Length; i++)
        {
            foreach (var error in Checks.Formatted(values[i], Checks.At($"{at}.values", i), NameFormat.LabelValue))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> FieldRequirement(JsonObject requirement, string at)
    {
        if (requirement.StringAt("operator") is not ("In" or "NotIn"))
            yield return FieldError.Invalid($"{at}.operator", requirement["operator"] ?? "", "not a valid selector operator");
        else if (requirement.Strings("values").Count() != 1)
            yield return FieldError.Required($"{at}.values", "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        if (requirement.StringAt("key") != "metadata.name")
            yield return FieldError.Invalid($"{at}.key", requirement["key"] ?? "", "not a valid field selector key");
    }

    private static IEnumerable<FieldError> PodAffinity(JsonObject affinity, string path, string kind) => affinity.ObjectAt(kind) is not { } terms
        ? []
        :
        [
            .. terms.Objects(Required).SelectMany((term, i) => PodTerm(term, Checks.At($"{path}.{Required}", i))),
            .. terms.Objects(Preferred).SelectMany((term, i) =>
            {
                var at = Checks.At($"{path}.{Preferred}", i);
                return Weight(term, at).Concat(PodTerm(term.ObjectAt("podAffinityTerm") ?? JsonObject.Empty, $"{at}.podAffinityTerm"));
            }),
        ];

    private static IEnumerable<FieldError> PodTerm(JsonObject term, string path)
    {
        var topology = term.StringAt("topologyKey") ?? "";
        return
        [
            .. term.ObjectAt("labelSelector") is { } pods ? Selectors.Validate(pods, $"{path}.labelSelector") : [],
            .. term.ObjectAt("namespaceSelector") is { } namespaces ? Selectors.Validate(namespaces, $"{path}.namespaceSelector") : [],
            .. term.Strings("namespaces").SelectMany(ns => Checks.Formatted(ns, $"{path}.namespace", NameFormat.Label)),
            .. LabelKeys(term, path),
            .. topology.Length == 0 ? [FieldError.Required($"{path}.topologyKey", "can not be empty")] : (FieldError[])[],
            .. Checks.Formatted(topology, $"{path}.topologyKey", NameFormat.QualifiedName),
        ];
    }

    /// <summary>Keys whose values are taken from the pod: they refine a selector, which may not name them by itself.</summary>
    private static IEnumerable<FieldError> LabelKeys(JsonObject owner, string path)
    {
        var (match, mismatch) = (owner.Strings("matchLabelKeys").ToArray(), owner.Strings("mismatchLabelKeys").ToArray());
        var hasSelector = owner.ObjectAt("labelSelector") is not null;
        foreach (var (field, keys) in ((string, string[])[])[("matchLabelKeys", match), ("mismatchLabelKeys", mismatch)])
        {
            if (keys.Length > 0 && !hasSelector)
                yield return FieldError.Forbidden($"{path}.{field}", "must not be specified when labelSelector is not set");
            for (var i = 0; hasSelector && i < keys.Length; i++)
            {
                foreach (var error in Checks.Formatted(keys[i], Checks.At($"{path}.{field}", i), NameFormat.QualifiedName))
                    yield return error;
            }
        }

        for (var i = 0; i < match.Length; i++)
        {
            if (mismatch.Contains(match[i]))
                yield return FieldError.Invalid(Checks.At($"{path}.matchLabelKeys", i), match[i], "exists in both matchLabelKeys and mismatchLabelKeys");
        }
    }

    private static IEnumerable<FieldError> Constraint(JsonObject constraint, JsonObject[] others, string at)
    {
        var (key, action) = (constraint.StringAt("topologyKey") ?? "", constraint.StringAt("whenUnsatisfiable") ?? "");
        if ((constraint.LongAt("maxSkew") ?? 0) is var skew and <= 0)
            yield return FieldError.Invalid($"{at}.maxSkew", skew, "must be greater than zero");
        if (key.Length == 0)
            yield return FieldError.Required($"{at}.topologyKey", "can not be empty");
        if (action is not ("DoNotSchedule" or "ScheduleAnyway"))
            yield return FieldError.NotSupported($"{at}.whenUnsatisfiable", action, "DoNotSchedule", "ScheduleAnyway");
        if (others.Any(other => (other.StringAt("topologyKey") ?? "") == key && (other.StringAt("whenUnsatisfiable") ?? "") == action))
            yield return FieldError.Duplicate($"{at}.{{topologyKey, whenUnsatisfiable}}", $"{{{key}, {action}}}");
        IEnumerable<FieldError> errors =
        [
            .. constraint.LongAt("minDomains") is { } least and <= 0 ? [FieldError.Invalid($"{at}.minDomains", least, "must be greater than zero")] : (FieldError[])[],
            .. constraint.LongAt("minDomains") is { } domains && action != "DoNotSchedule"
                ? [FieldError.Invalid($"{at}.minDomains", domains, $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}")]
                : (FieldError[])[],
            .. Checks.OneOf(constraint, at, "nodeAffinityPolicy", "Honor", "Ignore"),
            .. Checks.OneOf(constraint, at, "nodeTaintsPolicy", "Honor", "Ignore"),
            .. LabelKeys(constraint, at),
            .. constraint.ObjectAt("labelSelector") is { } selector ? Selectors.Validate(selector, $"{at}.labelSelector") : [],
        ];
        foreach (var error in errors)
            yield return error;
    }
}
