using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.ServiceAccounts;

/// <summary>
/// Gives each new pod a service account, its pull secrets and, unless one of them declines, a volume with its token.
/// See https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#serviceaccount-admission-controller.
/// </summary>
internal sealed class ServiceAccountAdmission(Store store, IdentifierSource identifiers) : IAdmission
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    public ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var target = request.Target;
        return new(request is { Operation: "CREATE", Object: { } pod } && target.Subresource is null && target.Type.Resource == WellKnown.Pods
            ? Accounted(pod, target.Namespace!)
            : request.Object);
    }

    private JsonObject Accounted(JsonObject pod, string ns)
    {
        var name = pod.StringAt("spec", "serviceAccountName") is { Length: > 0 } given ? given : "default";
        var account = store.Find(WellKnown.ServiceAccounts, ns, name)?.Value;
        // The default account of a new namespace is on its way: a pod need not wait for it.
        if (account is null && name != "default")
            throw Failures.Forbidden(WellKnown.Pods, pod.Name, $"error looking up service account {ns}/{name}: serviceaccount \"{name}\" not found");
        pod = pod.WithAt(["spec", "serviceAccountName"], name).WithAt(["spec", "serviceAccount"], name);
        if (account?.ArrayAt("imagePullSecrets") is { Count: > 0 } secrets && pod.ArrayAt("spec", "imagePullSecrets") is null or { Count: 0 })
            pod = pod.WithAt(["spec", "imagePullSecrets"], secrets);
        var mounts = pod.BoolAt("spec", "automountServiceAccountToken") ?? account?.BoolAt("automountServiceAccountToken") ?? true;
        return mounts ? WithToken(pod) : pod;
    }

    private JsonObject WithToken(JsonObject pod)
    {
        var volumes = (pod.ArrayAt("spec", "volumes") ?? JsonArray.Empty).Items;
        var existing = volumes.OfType<JsonObject>().Select(static volume => volume.StringAt("name") ?? "").FirstOrDefault(static name => name.StartsWith("kube-api-access-", StringComparison.Ordinal));
        var volume = existing ?? identifiers.Name("kube-api-access-");
        var needed = false;
        foreach (var field in (string[])["initContainers", "containers"])
        {
            if (pod.ArrayAt("spec", field) is not { } containers)
                continue;
            var mounted = JsonArray.Of(containers.Items.Select(container => Mounted(container, volume)));
            needed |= !mounted.Equals(containers);
            pod = pod.WithAt(["spec", field], mounted);
        }

        return needed && existing is null ? pod.WithAt(["spec", "volumes"], JsonArray.Of([.. volumes, Volume(volume)])) : pod;
    }

    private static JsonValue Mounted(JsonValue value, string volume)
    {
        if (value is not JsonObject container)
            return value;
        var mounts = (container.ArrayAt("volumeMounts") ?? JsonArray.Empty).Items;
        if (mounts.OfType<JsonObject>().Any(static mount => mount.StringAt("mountPath") == TokenPath))
            return container;
        return container.With("volumeMounts", JsonArray.Of([.. mounts, JsonObject.Of(("name", volume), ("readOnly", true), ("mountPath", TokenPath))]));
    }

    private static JsonObject Volume(string name) => JsonObject.Of(
        ("name", name),
        ("projected", JsonObject.Of(
            ("sources", JsonArray.Of(
                JsonObject.Of(("serviceAccountToken", JsonObject.Of(("expirationSeconds", 3607), ("path", "token")))),
                JsonObject.Of(("configMap", JsonObject.Of(("name", "kube-root-ca.crt"), ("items", JsonArray.Of(JsonObject.Of(("key", "ca.crt"), ("path", "ca.crt"))))))),
                JsonObject.Of(("downwardAPI", JsonObject.Of(("items", JsonArray.Of(JsonObject.Of(
                    ("path", "namespace"),
                    ("fieldRef", JsonObject.Of(("apiVersion", "v1"), ("fieldPath", "metadata.namespace"))))))))))),
            ("defaultMode", 420))));
}
