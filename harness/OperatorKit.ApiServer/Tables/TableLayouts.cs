using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Tables;

/// <summary>Finds the columns of a kind.</summary>
internal static class TableLayouts
{
    private static readonly ConditionalWeakTable<ResourceVersion, TableLayout> Custom = [];

    public static TableLayout For(ResourceTarget target)
    {
        var spoken = Spoken.By(target);
        return target.Type.IsCustom && spoken.Kind == target.Type.Kind
            ? Custom.GetValue(target.Version, static key => CustomColumns.Layout(key.PrinterColumns))
            : BuiltIn(spoken.Group, spoken.Kind);
    }

    private static TableLayout BuiltIn(string group, string kind) => (group, kind) switch
    {
        ("", "Pod") => PodColumns.Layout,
        ("", "Service") => NetworkColumns.Service,
        ("", "Endpoints") => NetworkColumns.Endpoints,
        ("", "ReplicationController") => WorkloadColumns.ReplicationController,
        ("", "PodTemplate") => WorkloadColumns.PodTemplate,
        ("", "Namespace") => ClusterColumns.Namespace,
        ("", "ConfigMap") => ClusterColumns.ConfigMap,
        ("", "Secret") => ClusterColumns.Secret,
        ("", "ServiceAccount") => ClusterColumns.NameAndAge,
        ("", "Node") => ClusterColumns.Node,
        ("", "ResourceQuota") => ClusterColumns.ResourceQuota,
        ("", "PersistentVolume") => StorageColumns.PersistentVolume,
        ("", "PersistentVolumeClaim") => StorageColumns.PersistentVolumeClaim,
        ("" or "events.k8s.io", "Event") => ClusterColumns.Event,
        ("apps", "Deployment") => WorkloadColumns.Deployment,
        ("apps", "ReplicaSet") => WorkloadColumns.ReplicaSet,
        ("apps", "StatefulSet") => WorkloadColumns.StatefulSet,
        ("apps", "DaemonSet") => WorkloadColumns.DaemonSet,
        ("apps", "ControllerRevision") => WorkloadColumns.ControllerRevision,
        ("batch", "Job") => WorkloadColumns.Job,
        ("batch", "CronJob") => WorkloadColumns.CronJob,
        ("autoscaling", "Scale") => WorkloadColumns.Scale,
        ("autoscaling", "HorizontalPodAutoscaler") => ClusterColumns.Autoscaler,
        ("policy", "PodDisruptionBudget") => WorkloadColumns.PodDisruptionBudget,
        ("coordination.k8s.io", "Lease") => ClusterColumns.Lease,
        ("discovery.k8s.io", "EndpointSlice") => NetworkColumns.EndpointSlice,
        ("networking.k8s.io", "Ingress") => NetworkColumns.Ingress,
        ("networking.k8s.io", "IngressClass") => NetworkColumns.IngressClass,
        ("networking.k8s.io", "NetworkPolicy") => NetworkColumns.NetworkPolicy,
        ("storage.k8s.io", "StorageClass") => StorageColumns.StorageClass,
        ("networking.k8s.io", "IPAddress") => PolicyColumns.Address,
        ("networking.k8s.io", "ServiceCIDR") => PolicyColumns.ServiceCidr,
        ("storage.k8s.io", "VolumeAttachment") => StorageColumns.VolumeAttachment,
        ("storage.k8s.io", "CSINode") => StorageColumns.Node,
        ("storage.k8s.io", "CSIDriver") => StorageColumns.Driver,
        ("storage.k8s.io", "VolumeAttributesClass") => StorageColumns.AttributesClass,
        ("resource.k8s.io", "DeviceClass" or "ResourceClaimTemplate") => ClusterColumns.NameAndAge,
        ("resource.k8s.io", "ResourceClaim") => PolicyColumns.ResourceClaim,
        ("resource.k8s.io", "ResourceSlice") => PolicyColumns.ResourceSlice,
        ("certificates.k8s.io", "CertificateSigningRequest") => PolicyColumns.SigningRequest,
        ("flowcontrol.apiserver.k8s.io", "FlowSchema") => PolicyColumns.FlowSchema,
        ("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration") => PolicyColumns.PriorityLevel,
        ("rbac.authorization.k8s.io", "RoleBinding" or "ClusterRoleBinding") => ClusterColumns.RoleBinding,
        ("admissionregistration.k8s.io", "MutatingWebhookConfiguration" or "ValidatingWebhookConfiguration") => ClusterColumns.Webhooks,
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy") => PolicyColumns.ValidatingPolicy,
        ("admissionregistration.k8s.io", "MutatingAdmissionPolicy") => PolicyColumns.MutatingPolicy,
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding" or "MutatingAdmissionPolicyBinding") => PolicyColumns.PolicyBinding,
        ("scheduling.k8s.io", "PriorityClass") => ClusterColumns.PriorityClass,
        ("node.k8s.io", "RuntimeClass") => ClusterColumns.RuntimeClass,
        _ => ClusterColumns.Generic,
    };
}
