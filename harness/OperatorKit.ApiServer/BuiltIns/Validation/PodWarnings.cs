using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>What is allowed in a pod or a pod template and yet hardly meant.</summary>
internal static class PodWarnings
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    private const string MatchesNothing = "a null labelSelector results in matching no pod";

    private static readonly string[] Bytes = ["memory", "ephemeral-storage"];

    private static readonly (string Field, string Text)[] DeprecatedVolumes =
    [
        ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
        ("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
        ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
        ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
        ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
        ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
        ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
        ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
        ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
    ];

    private static readonly (string Name, string Text)[] DeprecatedAnnotations =
    [
        ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ];

    /// <summary>The function that warns about objects of the resource; null where they hold no pods.</summary>
    public static Func<JsonObject, JsonObject?, IEnumerable<string>>? Of(string resource) => resource switch
    {
        // People seldom write to a pod that is there.
        "pods" => static (pod, old) => old is null ? Spec(pod, "") : [],
        "podtemplates" => static (template, _) => Spec(template.ObjectAt("template"), "template."),
        "cronjobs.batch" => static (job, old) => !IsChanged(job, old) ? [] : Spec(job.ObjectAt("spec", "jobTemplate", "spec", "template"), "spec.jobTemplate.spec.template."),
        "deployments.apps" or "replicasets.apps" or "statefulsets.apps" or "daemonsets.apps" or "jobs.batch" or "replicationcontrollers" =>
            static (workload, old) => IsChanged(workload, old) ? Spec(workload.ObjectAt("spec", "template"), "spec.template.") : [],
        _ => null,
    };

    private static bool IsChanged(JsonObject workload, JsonObject? old) => old is null || !Equals(workload["spec"], old["spec"]);

    /// <param name="pod">A pod or the template of one.</param>
    /// <param name="at">Where it stands: a path with a dot at the end, or nothing.</param>
    private static IEnumerable<string> Spec(JsonObject? pod, string at)
    {
        if (pod?.ObjectAt("spec") is not { } spec)
            return [];
        var path = $"{at}spec";
        var containers = ((string[])["initContainers", "containers", "ephemeralContainers"])
            .SelectMany(list => spec.Objects(list).Select((container, i) => (Container: container, Path: Checks.At($"{path}.{list}", i)))).ToArray();
        return
        [
            .. (spec.ObjectAt("nodeSelector")?.Keys ?? []).Where(static key => DeprecatedLabels.Of(key) is not null).Select(key => $"{path}.nodeSelector[{key}]: {DeprecatedLabels.Of(key)}"),
            .. NodeAffinity(spec, path),
            .. spec.Objects("topologySpreadConstraints").SelectMany((constraint, i) => Constraint(constraint, Checks.At($"{path}.topologySpreadConstraints", i))),
            .. DeprecatedAnnotations.Where(entry => pod.ObjectAt("metadata", "annotations")?.ContainsKey(entry.Name) == true).Select(entry => $"{at}metadata.annotations[{entry.Name}]: {entry.Text}"),
            .. spec.Objects("volumes").SelectMany((volume, i) => DeprecatedVolumes.Where(entry => volume.Has(entry.Field)).Select(entry => $"{Checks.At($"{path}.volumes", i)}.{(entry.Field == "storageos" ? "storageOS" : entry.Field)}: {entry.Text}")),
            .. Repeated(spec, "hostAliases", "ip", path),
            .. Repeated(spec, "imagePullSecrets", "name", path),
            .. spec.Objects("imagePullSecrets").Select((secret, i) => (secret, i)).Where(static entry => string.IsNullOrEmpty(entry.secret.StringAt("name"))).Select(entry => $"{Checks.At($"{path}.imagePullSecrets", entry.i)}.name: invalid empty name \"\""),
            .. containers.SelectMany(static entry => Container(entry.Container, entry.Path)),
            .. Ports(containers),
            .. PortNames(containers),
            .. spec.LongAt("terminationGracePeriodSeconds") < 0 ? [$"{path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1"] : (string[])[],
            .. Affinity(spec, path, "podAffinity"),
            .. Affinity(spec, path, "podAntiAffinity"),
        ];
    }

    private static IEnumerable<string> NodeAffinity(JsonObject spec, string path)
    {
        var (affinity, at) = (spec.ObjectAt("affinity", "nodeAffinity") ?? JsonObject.Empty, $"{path}.affinity.nodeAffinity");
        return (affinity.ObjectAt(Required)?.Objects("nodeSelectorTerms") ?? []).Select((term, i) => (Term: term, At: Checks.At($"{at}.{Required}.nodeSelectorTerms", i)))
            .Concat(affinity.Objects(Preferred).Select((term, i) => (Term: term.ObjectAt("preference") ?? JsonObject.Empty, At: $"{Checks.At($"{at}.{Preferred}", i)}.preference")))
            .SelectMany(static entry => entry.Term.Objects("matchExpressions").Select((expression, i) => (Key: expression.StringAt("key"), At: Checks.At($"{entry.At}.matchExpressions", i))))
            .Where(static entry => DeprecatedLabels.Of(entry.Key) is not null)
            .Select(static entry => $"{entry.At}.key: {entry.Key} is {DeprecatedLabels.Of(entry.Key)}");
    }

    private static IEnumerable<string> Constraint(JsonObject constraint, string at)
    {
        if (constraint.StringAt("topologyKey") is { } key && DeprecatedLabels.Of(key) is { } text)
            yield return $"{at}.topologyKey: {key} is {text}";
        if (!constraint.Has("labelSelector"))
            yield return $"{at}.labelSelector: {MatchesNothing}";
    }

    private static IEnumerable<string> Repeated(JsonObject spec, string list, string field, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return spec.Objects(list).Select((item, i) => (Value: item.StringAt(field) ?? "", At: $"{Checks.At($"{path}.{list}", i)}.{field}"))
            .Where(item => !seen.Add(item.Value)).Select(item => $"{item.At}: duplicate {field} \"{item.Value}\"");
    }

    private static IEnumerable<string> Container(JsonObject container, string path)
    {
        foreach (var name in Bytes)
        {
            foreach (var list in (string[])["limits", "requests"])
            {
                if (container.StringAt("resources", list, name) is { } amount && !(QuantityText.Nanos(amount) % 1_000_000_000).IsZero)
                    yield return $"{path}.resources.{list}[{name}]: fractional byte value \"{amount}\" is invalid, must be an integer";
            }
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var variable in container.Objects("env"))
        {
            var (name, value) = (variable.StringAt("name") ?? "", variable.StringAt("value") ?? "");
            var reference = $"$({name})";
            if (!seen.Add(name) && (variable.Has("valueFrom") || value == reference || !value.Contains(reference, StringComparison.Ordinal)))
                yield return $"{Checks.At($"{path}.env", i)}: hides previous definition of \"{name}\", which may be dropped when using apply";
            i++;
        }
    }

    private static IEnumerable<string> Ports((JsonObject Container, string Path)[] containers)
    {
        var all = containers.SelectMany(static entry => entry.Container.Objects("ports").Select((port, i) => (Port: port, At: Checks.At($"{entry.Path}.ports", i)))).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Port.StringAt("hostIP") is { Length: > 0 } host && (all[i].Port.LongAt("hostPort") ?? 0) == 0)
                yield return FormattableString.Invariant($"{all[i].At}: hostIP set without hostPort: {{Name:{all[i].Port.StringAt("name")} HostPort:0 ContainerPort:{all[i].Port.LongAt("containerPort")} Protocol:{all[i].Port.StringAt("protocol")} HostIP:{host}}}");
            foreach (var (other, at) in all[..i].Where(other => Equals(other.Port["containerPort"], all[i].Port["containerPort"]) && Equals(other.Port["protocol"], all[i].Port["protocol"])))
            {
                var (port, theirs) = (all[i].Port.LongAt("hostPort") ?? 0, other.LongAt("hostPort") ?? 0);
                var (address, theirAddress) = (all[i].Port.StringAt("hostIP") ?? "", other.StringAt("hostIP") ?? "");
                if (address == theirAddress && port == theirs)
                    yield return $"{all[i].At}: duplicate port definition with {at}";
                else if (port == 0 || theirs == 0)
                    yield return $"{all[i].At}: overlapping port definition with {at}";
                else if (port == theirs && (address.Length == 0) != (theirAddress.Length == 0))
                    yield return $"{all[i].At}: dangerously ambiguous port definition with {at}";
            }
        }
    }

    private static IEnumerable<string> PortNames((JsonObject Container, string Path)[] containers)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (container, path) in containers)
        {
            var i = 0;
            foreach (var port in container.Objects("ports"))
            {
                var at = Checks.At($"{path}.ports", i++);
                if (port.StringAt("name") is { Length: > 0 } name && !seen.TryAdd(name, at))
                    yield return $"{at}: duplicate port name \"{name}\" with {seen[name]}, services and probes that select ports by name will use {seen[name]}";
            }
        }
    }

    private static IEnumerable<string> Affinity(JsonObject spec, string path, string kind)
    {
        var affinity = spec.ObjectAt("affinity", kind) ?? JsonObject.Empty;
        return affinity.Objects(Required).Select((term, i) => (Term: term, At: Checks.At($"{path}.affinity.{kind}.{Required}", i)))
            .Concat(affinity.Objects(Preferred).Select((term, i) => (Term: term.ObjectAt("podAffinityTerm") ?? JsonObject.Empty, At: $"{Checks.At($"{path}.affinity.{kind}.{Preferred}", i)}.podAffinityTerm")))
            .Where(static entry => !entry.Term.Has("labelSelector"))
            .Select(static entry => $"{entry.At}.labelSelector: {MatchesNothing}");
    }
}
