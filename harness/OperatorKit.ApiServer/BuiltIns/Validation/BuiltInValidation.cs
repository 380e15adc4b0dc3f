using OperatorKit.ApiServer.AdmissionPolicies;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The rules of built-in kinds beyond their types: the part of Kubernetes' validation that users run into.</summary>
internal static class BuiltInValidation
{
    /// <summary>The check of a kind, given the new object and the stored one on update; null where there is none.</summary>
    public static Func<JsonObject, JsonObject?, IEnumerable<FieldError>>? Of(string group, string kind) => (group, kind) switch
    {
        ("", "Namespace") => NamespaceValidation.Validate,
        ("", "Pod") => PodValidation.Validate,
        ("", "ConfigMap") => ConfigValidation.ConfigMap,
        ("", "Secret") => ConfigValidation.Secret,
        ("", "Service") => ServiceValidation.Validate,
        ("", "Event") => EventValidation.Core,
        ("", "Node") => NodeValidation.Validate,
        ("", "Endpoints") => EndpointValidation.Endpoints,
        ("", "LimitRange") => ResourceValidation.LimitRange,
        ("", "ResourceQuota") => ResourceValidation.Quota,
        ("", "PersistentVolume") => StorageValidation.Volume,
        ("", "PersistentVolumeClaim") => StorageValidation.Claim,
        ("", "PodTemplate") => WorkloadValidation.PodTemplate,
        ("", "ReplicationController") => WorkloadValidation.ReplicationController,
        ("apps", "Deployment") => WorkloadValidation.Deployment,
        ("apps", "ReplicaSet") => WorkloadValidation.ReplicaSet,
        ("apps", "StatefulSet") => WorkloadValidation.StatefulSet,
        ("apps", "DaemonSet") => WorkloadValidation.DaemonSet,
        ("apps", "ControllerRevision") => WorkloadValidation.ControllerRevision,
        ("batch", "Job") => BatchValidation.Job,
        ("batch", "CronJob") => BatchValidation.CronJob,
        ("policy", "PodDisruptionBudget") => PolicyValidation.DisruptionBudget,
        ("autoscaling", "HorizontalPodAutoscaler") => AutoscalerValidation.Validate,
        ("certificates.k8s.io", "CertificateSigningRequest") => CertificateValidation.Validate,
        ("coordination.k8s.io", "Lease") => PolicyValidation.Lease,
        ("events.k8s.io", "Event") => EventValidation.Events,
        ("discovery.k8s.io", "EndpointSlice") => EndpointValidation.Slice,
        ("networking.k8s.io", "Ingress") => NetworkValidation.Ingress,
        ("networking.k8s.io", "IngressClass") => NetworkValidation.IngressClass,
        ("networking.k8s.io", "NetworkPolicy") => NetworkValidation.Policy,
        ("node.k8s.io", "RuntimeClass") => PolicyValidation.RuntimeClass,
        ("scheduling.k8s.io", "PriorityClass") => PolicyValidation.PriorityClass,
        ("storage.k8s.io", "StorageClass") => StorageValidation.StorageClass,
        ("storage.k8s.io", "VolumeAttachment") => StorageValidation.Attachment,
        ("storage.k8s.io", "CSIDriver") => StorageValidation.Driver,
        ("storage.k8s.io", "CSIStorageCapacity") => StorageTopologyValidation.Capacity,
        ("storage.k8s.io", "VolumeAttributesClass") => StorageTopologyValidation.AttributesClass,
        ("rbac.authorization.k8s.io", "Role") => RbacValidation.Role,
        ("rbac.authorization.k8s.io", "ClusterRole") => RbacValidation.ClusterRole,
        ("rbac.authorization.k8s.io", "RoleBinding") => RbacValidation.RoleBinding,
        ("rbac.authorization.k8s.io", "ClusterRoleBinding") => RbacValidation.ClusterRoleBinding,
        ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration") => WebhookConfigurationRules.Validate,
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy") => PolicyRules.Validating,
        ("admissionregistration.k8s.io", "MutatingAdmissionPolicy") => PolicyRules.Mutating,
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding") => PolicyBindingRules.Validating,
        ("admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding") => PolicyBindingRules.Mutating,
        _ => null,
    };
}
