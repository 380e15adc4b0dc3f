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
        ("", "Pod") => PodValidation.Validate,
        ("", "ConfigMap") => ConfigValidation.ConfigMap,
        ("", "Secret") => ConfigValidation.Secret,
        ("", "Service") => ServiceValidation.Validate,
        ("", "Event") => EventValidation.Core,
        ("", "PersistentVolumeClaim") => PolicyValidation.Claim,
        ("", "ReplicationController") => WorkloadValidation.ReplicationController,
        ("apps", "Deployment") => WorkloadValidation.Deployment,
        ("apps", "ReplicaSet") => WorkloadValidation.ReplicaSet,
        ("apps", "StatefulSet") => WorkloadValidation.StatefulSet,
        ("apps", "DaemonSet") => WorkloadValidation.DaemonSet,
        ("batch", "Job") => BatchValidation.Job,
        ("batch", "CronJob") => BatchValidation.CronJob,
        ("policy", "PodDisruptionBudget") => PolicyValidation.DisruptionBudget,
        ("autoscaling", "HorizontalPodAutoscaler") => PolicyValidation.Autoscaler,
        ("coordination.k8s.io", "Lease") => PolicyValidation.Lease,
        ("events.k8s.io", "Event") => EventValidation.Events,
        ("networking.k8s.io", "Ingress") => NetworkValidation.Ingress,
        ("rbac.authorization.k8s.io", "Role") => RbacValidation.Role,
        ("rbac.authorization.k8s.io", "ClusterRole") => RbacValidation.ClusterRole,
        ("rbac.authorization.k8s.io", "RoleBinding") => RbacValidation.RoleBinding,
        ("rbac.authorization.k8s.io", "ClusterRoleBinding") => RbacValidation.ClusterRoleBinding,
        ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration") => WebhookConfigurationRules.Validate,
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy") => PolicyRules.Validate,
        _ => null,
    };
}
