using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>What is allowed in a pod or a pod template and yet hardly meant.</summary>
internal static class PodWarnings
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    private const string MatchesNothing = "a null labelSelector results in matching no pod";

    private static readonly string[] Bytes = ["memory", "ephemeral-storage"];

    private static readonly Dictionary<string, string> DeprecatedLabels = new(StringComparer.Ordinal)
    {
        ["beta.kubernetes.io/arch"] = "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        ["beta.kubernetes.io/os"] = "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        ["failure-domain.beta.kubernetes.io/region"] = "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        ["failure-domain.beta.kubernetes.io/zone"] = "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        ["beta.kubernetes.io/instance-type"] = "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
    };

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

    /// <summary>The function that warns about objects of the resource; null where they hold no pods.</summary>
    public static Func<JsonObject, JsonObject?, IEnumerable<string>>? Of(string resource) => resource switch
    {
        // People seldom write to a pod that is there.
        "pods" => static (pod, old) => old is null ? Spec(pod.ObjectAt("spec"), "spec") : [],
        "podtemplates" => static (template, _) => Spec(template.ObjectAt("template", "spec"), "template.spec"),
        "cronjobs.batch" => static (job, old) => !IsChanged(job, old) ? [] : Spec(job.ObjectAt("spec", "jobTemplate", "spec", "template", "spec"), "spec.jobTemplate.spec.template.spec"),
        "deployments.apps" or "replicasets.apps" or "statefulsets.apps" or "daemonsets.apps" or "jobs.batch" or "replicationcontrollers" =>
            static (workload, old) => IsChanged(workload, old) ? Spec(workload.ObjectAt("spec", "template", "spec"), "spec.template.spec") : [],
        _ => null,
    };

    private static bool IsChanged(JsonObject workload, JsonObject? old) => old is null || !Equals(workload["spec"], old["spec"]);

    private static IEnumerable<string> Spec(JsonObject? spec, string path)
    {
        if (spec is null)
            return [];
        var containers = ((string[])["initContainers", "containers", "ephemeralContainers"])
            .SelectMany(list => spec.Objects(list).Select((container, i) => (Container: container, Path: Checks.At($"{path}.{list}", i)))).ToArray();
        return
        [
            .. (spec.ObjectAt("nodeSelector")?.Keys ?? []).Where(DeprecatedLabels.ContainsKey).Select(key => $"{path}.nodeSelector[{key}]: {DeprecatedLabels[key]}"),
            .. spec.Objects("topologySpreadConstraints").SelectMany((constraint, i) => Constraint(constraint, Checks.At($"{path}.topologySpreadConstraints", i))),
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

    private static IEnumerable<string> Constraint(JsonObject constraint, string at)
    {
        if (constraint.StringAt("topologyKey") is { } key && DeprecatedLabels.TryGetValue(key, out var text))
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
