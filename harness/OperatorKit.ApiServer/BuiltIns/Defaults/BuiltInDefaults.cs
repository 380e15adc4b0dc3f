using OperatorKit.ApiServer.BuiltIns.Strategies;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Defaults;

/// <summary>The defaults that Kubernetes keeps in code, by kind.</summary>
internal static class BuiltInDefaults
{
    /// <summary>The function that fills in an object of the kind, or null where the kind has no defaults.</summary>
    public static Func<JsonObject, JsonObject>? Of(string group, string kind) => (group, kind) switch
    {
        ("", "Namespace") => NamespaceStrategy.Labelled,
        ("", "Node") => PolicyDefaults.Node,
        ("", "Pod") => PodDefaults.Pod,
        ("", "PodTemplate") => WorkloadDefaults.PodTemplate,
        ("", "ReplicationController") => WorkloadDefaults.ReplicationController,
        ("", "Service") => NetworkDefaults.Service,
        ("", "Endpoints") => NetworkDefaults.Endpoints,
        ("", "Secret") => PolicyDefaults.Secret,
        ("", "LimitRange") => PolicyDefaults.LimitRange,
        ("", "PersistentVolume") => VolumeDefaults.PersistentVolume,
        ("", "PersistentVolumeClaim") => VolumeDefaults.Claim,
        ("apps", "Deployment") => WorkloadDefaults.Deployment,
        ("apps", "ReplicaSet") => WorkloadDefaults.ReplicaSet,
        ("apps", "StatefulSet") => WorkloadDefaults.StatefulSet,
        ("apps", "DaemonSet") => WorkloadDefaults.DaemonSet,
        ("batch", "Job") => WorkloadDefaults.Job,
        ("batch", "CronJob") => WorkloadDefaults.CronJob,
        ("autoscaling", "HorizontalPodAutoscaler") => PolicyDefaults.HorizontalPodAutoscaler,
        ("discovery.k8s.io", "EndpointSlice") => NetworkDefaults.EndpointSlice,
        ("networking.k8s.io", "IngressClass") => NetworkDefaults.IngressClass,
        ("networking.k8s.io", "NetworkPolicy") => NetworkDefaults.NetworkPolicy,
        ("storage.k8s.io", "StorageClass") => VolumeDefaults.StorageClass,
        ("storage.k8s.io", "CSIDriver") => VolumeDefaults.CsiDriver,
        ("flowcontrol.apiserver.k8s.io", "FlowSchema") => PolicyDefaults.FlowSchema,
        ("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration") => PolicyDefaults.PriorityLevel,
        ("scheduling.k8s.io", "PriorityClass") => PolicyDefaults.PriorityClass,
        ("rbac.authorization.k8s.io", "RoleBinding" or "ClusterRoleBinding") => PolicyDefaults.RoleBinding,
        ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration") => AdmissionDefaults.Validating,
        ("admissionregistration.k8s.io", "MutatingWebhookConfiguration") => AdmissionDefaults.Mutating,
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy") => AdmissionDefaults.Policy,
        ("admissionregistration.k8s.io", "MutatingAdmissionPolicy") => AdmissionDefaults.MutatingPolicy,
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding" or "MutatingAdmissionPolicyBinding") => AdmissionDefaults.Binding,
        ("apiregistration.k8s.io", "APIService") => PolicyDefaults.ApiService,
        ("apiextensions.k8s.io", "CustomResourceDefinition") => PolicyDefaults.CustomResourceDefinition,
        _ => null,
    };
}
