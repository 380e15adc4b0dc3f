using System.Security.Cryptography;
using System.Text;
using OperatorKit.ApiServer.BuiltIns.Strategies;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>What clients are warned of, kind by kind: it is allowed, and yet deprecated or hardly meant.</summary>
internal static class KindWarnings
{
    private const string MountableSecrets = "kubernetes.io/enforce-mountable-secrets";
    private const string StorageClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string IngressClassAnnotation = "kubernetes.io/ingress.class";
    private const string UseStorageClass = "deprecated since v1.8; use \"storageClassName\" attribute instead";

    private static readonly (string Field, string Text)[] DeprecatedVolumes =
    [
        ("cephfs", "cephfs: deprecated in v1.28, non-functional in v1.31+"),
        ("photonPersistentDisk", "photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+"),
        ("scaleIO", "scaleIO: deprecated in v1.16, non-functional in v1.22+"),
        ("storageos", "storageOS: deprecated in v1.22, non-functional in v1.25+"),
        ("glusterfs", "glusterfs: deprecated in v1.25, non-functional in v1.26+"),
        ("rbd", "rbd: deprecated in v1.28, non-functional in v1.31+"),
    ];

    /// <summary>The function that warns about objects of the resource, given the new and the stored one (null on create); null where there is nothing to warn of.</summary>
    public static Func<JsonObject, JsonObject?, IEnumerable<string>>? Of(string resource) => resource switch
    {
        "services" => ServiceStrategy.Warnings,
        "secrets" => static (secret, _) => KeyPair(secret),
        "nodes" => static (node, _) => Node(node),
        "serviceaccounts" => static (account, old) => HasAnnotation(account, MountableSecrets) && !HasAnnotation(old, MountableSecrets)
            ? [$"metadata.annotations[{MountableSecrets}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"]
            : [],
        "persistentvolumes" => static (volume, _) => Volume(volume),
        "persistentvolumeclaims" => static (claim, _) => (HasAnnotation(claim, StorageClassAnnotation) ? [$"metadata.annotations[{StorageClassAnnotation}]: {UseStorageClass}"] : (string[])[])
            .Concat(ClaimSpec(claim.ObjectAt("spec"), "spec")),
        "ingresses.networking.k8s.io" => static (ingress, old) => old is null && HasAnnotation(ingress, IngressClassAnnotation) && ingress.At("spec", "ingressClassName") is null
            ? [$"annotation \"{IngressClassAnnotation}\" is deprecated, please use 'spec.ingressClassName' instead"]
            : [],
        "customresourcedefinitions.apiextensions.k8s.io" => DefinitionWarnings.Of,
        "resourcequotas" => static (quota, old) => old is null ? Quota(quota.ObjectAt("spec", "hard") ?? JsonObject.Empty) : [],
        "runtimeclasses.node.k8s.io" => static (runtime, _) => (runtime.ObjectAt("scheduling", "nodeSelector")?.Keys ?? [])
            .Where(static label => DeprecatedLabels.Of(label) is not null).Select(static label => $"scheduling.nodeSelector: {DeprecatedLabels.Of(label)}"),
        "csidrivers.storage.k8s.io" => static (driver, _) => driver.ArrayAt("spec", "tokenRequests") is { Count: > 0 } && driver.At("spec", "serviceAccountTokenInSecrets") is null
            ? ["spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes"]
            : [],
        "storageclasses.storage.k8s.io" => static (storage, _) => Topologies(storage),
        "endpointslices.discovery.k8s.io" => static (slice, old) => old is null && slice.StringAt("addressType") == "FQDN" ? ["spec.addressType: FQDN endpoints are deprecated"] : [],
        "cronjobs.batch" => static (job, old) => Pods(resource: "cronjobs.batch", job, old).Concat(old is not null && job.StringAt("spec", "schedule")?.Contains("TZ", StringComparison.Ordinal) == true
            ? ["cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details"]
            : []),
        "statefulsets.apps" => static (set, old) => [.. Pods(resource: "statefulsets.apps", set, old), .. Claims(set, isUpdate: old is not null), .. Revisions(set)],
        _ when PodWarnings.Of(resource) is not null => (obj, old) => Pods(resource, obj, old),
        _ => null,
    };

    private static IEnumerable<string> Pods(string resource, JsonObject obj, JsonObject? old)
    {
        var use = resource switch
        {
            "pods" => "the Pod's hostname",
            "deployments.apps" or "replicasets.apps" or "jobs.batch" or "cronjobs.batch" or "replicationcontrollers" => "Pod names and hostnames",
            _ => null,
        };
        var problems = use is null || old is not null ? [] : NameFormat.Label(obj.StringAt("metadata", "name") ?? "").ToArray();
        return (problems.Length == 0 ? [] : (string[])[$"metadata.name: this is used in {use}, which can result in surprising behavior; a DNS label is recommended: [{string.Join(' ', problems)}]"])
            .Concat(PodWarnings.Of(resource)!(obj, old));
    }

    // The path of an update is the real server's.
    private static IEnumerable<string> Claims(JsonObject set, bool isUpdate) => (set.ObjectAt("spec")?.Objects("volumeClaimTemplates") ?? [])
        .SelectMany((claim, i) => ClaimSpec(claim.ObjectAt("spec"), $"{Checks.At("spec.volumeClaimTemplates", i)}{(isUpdate ? ".Spec" : "")}"));

    private static string[] Revisions(JsonObject set) => set.LongAt("spec", "revisionHistoryLimit") < 0
        ? ["spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"]
        : [];

    private static IEnumerable<string> ClaimSpec(JsonObject? spec, string path) => ((string[])["requests", "limits"])
        .Select(list => (List: list, Amount: spec?.StringAt("resources", list, "storage")))
        .Where(static item => item.Amount is { } amount && !(QuantityText.Nanos(amount) % 1_000_000_000).IsZero)
        .Select(item => $"{path}.resources.{item.List}[storage]: fractional byte value \"{item.Amount}\" is invalid, must be an integer");

    private static IEnumerable<string> Volume(JsonObject volume)
    {
        var spec = volume.ObjectAt("spec") ?? JsonObject.Empty;
        if (HasAnnotation(volume, StorageClassAnnotation))
            yield return $"metadata.annotations[{StorageClassAnnotation}]: {UseStorageClass}";
        if (HasAnnotation(volume, "volume.beta.kubernetes.io/mount-options"))
            yield return "metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use \"mountOptions\" attribute instead";
        if (spec.StringAt("persistentVolumeReclaimPolicy") == "Recycle")
            yield return "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
        var terms = spec.ObjectAt("nodeAffinity", "required")?.Objects("nodeSelectorTerms").SelectMany(static (term, i) =>
            term.Objects("matchExpressions").Select((expression, j) => (Key: expression.StringAt("key"), At: Checks.At($"{Checks.At("spec.nodeAffinity.required.nodeSelectorTerms", i)}.matchExpressions", j))));
        foreach (var (key, at) in terms ?? [])
        {
            if (DeprecatedLabels.Of(key) is { } advice)
                yield return $"{at}.key: {key} is {advice}";
        }

        foreach (var (_, text) in DeprecatedVolumes.Where(entry => spec.Has(entry.Field)))
            yield return $"spec.{text}";
    }

    private static IEnumerable<string> Node(JsonObject node)
    {
        if (node.ObjectAt("spec", "configSource") is not null)
            yield return "spec.configSource: the feature is removed";
        if (node.StringAt("spec", "externalID") is { Length: > 0 })
            yield return "spec.externalID: this field is deprecated, and is unused by Kubernetes";
    }

    private static IEnumerable<string> Quota(JsonObject hard)
    {
        foreach (var resource in (string[])["cpu", "memory", "storage", "ephemeral-storage"])
        {
            var (request, limit) = ($"requests.{resource}", $"limits.{resource}");
            if (!hard.ContainsKey(request) && resource is "cpu" or "memory")
                request = resource;
            if (hard.StringAt(request) is { } wanted && hard.StringAt(limit) is { } most && QuantityText.Nanos(wanted) > QuantityText.Nanos(most))
                yield return $"ResourceQuota {request} ({wanted}) should be less than {limit} ({most})";
        }
    }

    private static IEnumerable<string> Topologies(JsonObject storage) => storage.Objects("allowedTopologies").SelectMany(static (topology, i) => topology.Objects("matchLabelExpressions")
        .Select((expression, j) => (Advice: DeprecatedLabels.Of(expression.StringAt("key")), At: Checks.At($"{Checks.At("allowedTopologies", i)}.matchLabelExpressions", j)))
        .Where(static item => item.Advice is not null)
        .Select(static item => $"{item.At}.key: {item.Advice}"));

    /// <summary>Whether the certificate and the key of a TLS secret can be read at all.</summary>
    private static IEnumerable<string> KeyPair(JsonObject secret)
    {
        if (secret.StringAt("type") != "kubernetes.io/tls")
            yield break;
        if (!IsPem(secret.StringAt("data", "tls.crt")))
            yield return "tls: failed to find any PEM data in certificate input";
        else if (!IsPem(secret.StringAt("data", "tls.key")))
            yield return "tls: failed to find any PEM data in key input";
    }

    private static bool IsPem(string? base64)
    {
        var bytes = new byte[(base64?.Length ?? 0) + 3];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) && PemEncoding.TryFind(Encoding.Latin1.GetString(bytes, 0, length), out _);
    }

    private static bool HasAnnotation(JsonObject? obj, string name) => obj?.ObjectAt("metadata", "annotations")?.ContainsKey(name) == true;
}
