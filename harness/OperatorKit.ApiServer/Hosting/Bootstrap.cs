using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>
/// What a new cluster holds. It is put straight into the store: nothing of it can be wrong, and a start waits for it.
/// </summary>
internal sealed class Bootstrap(Store store, IdentifierSource identifiers, TimeProvider clock)
{
    private static readonly string[] SystemNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    public void Fill(ControllerOptions options)
    {
        foreach (var name in SystemNamespaces)
        {
            Put(WellKnown.Namespaces, null, Namespace(name));
            if (!options.Namespaces)
                continue;
            Put(WellKnown.ServiceAccounts, name, Object("v1", "ServiceAccount", "default"));
            Put(WellKnown.ConfigMaps, name, Object("v1", "ConfigMap", "kube-root-ca.crt").With("data", JsonObject.Of(("ca.crt", options.RootCertificate))));
        }

        Put(WellKnown.Services, "default", KubernetesService());
        foreach (var role in BootstrapRoles.ClusterRoles())
            Put(WellKnown.ClusterRoles, null, role);
        foreach (var binding in BootstrapRoles.ClusterRoleBindings())
            Put(WellKnown.ClusterRoleBindings, null, binding);
        Put(WellKnown.PriorityClasses, null, PriorityClass("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node."));
        Put(WellKnown.PriorityClasses, null, PriorityClass("system-cluster-critical", 2_000_000_000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."));
        if (options.Workloads is { } workloads)
            Put(WellKnown.Nodes, null, Node(workloads.NodeName));
    }

    private static JsonObject Namespace(string name) => Object("v1", "Namespace", name)
        .WithAt(["metadata", "labels"], JsonObject.Of(("kubernetes.io/metadata.name", name)))
        .With("spec", JsonObject.Of(("finalizers", JsonArray.Of("kubernetes"))))
        .With("status", JsonObject.Of(("phase", "Active")));

    private static JsonObject PriorityClass(string name, long value, string description) => Object("scheduling.k8s.io/v1", "PriorityClass", name)
        .WithAt(["metadata", "generation"], 1)
        .With("value", value)
        .With("description", description)
        .With("preemptionPolicy", "PreemptLowerPriority");

    private static JsonObject KubernetesService() => Object("v1", "Service", "kubernetes")
        .WithAt(["metadata", "labels"], JsonObject.Of(("component", "apiserver"), ("provider", "kubernetes")))
        .With("spec", JsonObject.Of(
            ("clusterIP", "10.96.0.1"),
            ("clusterIPs", JsonArray.Of("10.96.0.1")),
            ("internalTrafficPolicy", "Cluster"),
            ("ipFamilies", JsonArray.Of("IPv4")),
            ("ipFamilyPolicy", "SingleStack"),
            ("ports", JsonArray.Of(JsonObject.Of(("name", "https"), ("port", 443), ("protocol", "TCP"), ("targetPort", 6443)))),
            ("sessionAffinity", "None"),
            ("type", "ClusterIP")))
        .With("status", JsonObject.Of(("loadBalancer", JsonObject.Empty)));

    private JsonObject Node(string name)
    {
        var now = KubernetesTime.Format(clock.GetUtcNow());
        var capacity = JsonObject.Of(("cpu", "8"), ("ephemeral-storage", "100Gi"), ("memory", "32Gi"), ("pods", "110"));
        var ready = JsonObject.Of(
            ("type", "Ready"), ("status", "True"), ("reason", "KubeletReady"), ("message", "kubelet is posting ready status"),
            ("lastHeartbeatTime", now), ("lastTransitionTime", now));
        return Object("v1", "Node", name)
            .WithAt(["metadata", "labels"], JsonObject.Of(("kubernetes.io/arch", "amd64"), ("kubernetes.io/hostname", name), ("kubernetes.io/os", "linux")))
            .With("spec", JsonObject.Of(("podCIDR", "10.244.0.0/24"), ("podCIDRs", JsonArray.Of("10.244.0.0/24"))))
            .With("status", JsonObject.Of(
                ("addresses", JsonArray.Of(
                    JsonObject.Of(("address", "10.0.0.1"), ("type", "InternalIP")),
                    JsonObject.Of(("address", name), ("type", "Hostname")))),
                ("allocatable", capacity),
                ("capacity", capacity),
                ("conditions", JsonArray.Of(ready)),
                ("nodeInfo", JsonObject.Of(
                    ("architecture", "amd64"), ("bootID", ""), ("containerRuntimeVersion", "simulated://1.0"), ("kernelVersion", ""), ("kubeProxyVersion", ""),
                    ("kubeletVersion", "v1.36.2"), ("machineID", ""), ("operatingSystem", "linux"), ("osImage", "simulated"), ("systemUUID", "")))));
    }

    private static JsonObject Object(string apiVersion, string kind, string name) =>
        JsonObject.Of(("apiVersion", apiVersion), ("kind", kind), ("metadata", JsonObject.Of(("name", name))));

    private void Put(GroupResource resource, string? ns, JsonObject value)
    {
        var metadata = value.ObjectAt("metadata")!
            .With("uid", identifiers.Uid())
            .With("creationTimestamp", KubernetesTime.Format(clock.GetUtcNow()));
        if (ns is not null)
            metadata = metadata.With("namespace", ns);
        store.TryPut(resource, ns, metadata.StringAt("name")!, value.With("metadata", metadata), null);
    }
}
