using System.Collections.Frozen;
using System.Collections.Immutable;
using OperatorKit.ApiServer.BuiltIns.Defaults;
using OperatorKit.ApiServer.BuiltIns.Strategies;
using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Namespaces;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Workloads;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>How built-in kinds differ from each other beyond their schemas. Names are <c>plural</c> or <c>plural.group</c>.</summary>
internal static class BuiltInTraits
{
    private static readonly FrozenSet<string> NeedsResourceVersion = FrozenSet.Create(
        StringComparer.Ordinal,
        "leases.coordination.k8s.io",
        "customresourcedefinitions.apiextensions.k8s.io",
        "poddisruptionbudgets.policy",
        "runtimeclasses.node.k8s.io",
        "csidrivers.storage.k8s.io",
        "csinodes.storage.k8s.io",
        "csistoragecapacities.storage.k8s.io",
        "volumeattachments.storage.k8s.io",
        "validatingwebhookconfigurations.admissionregistration.k8s.io",
        "mutatingwebhookconfigurations.admissionregistration.k8s.io",
        "validatingadmissionpolicies.admissionregistration.k8s.io",
        "validatingadmissionpolicybindings.admissionregistration.k8s.io",
        "mutatingadmissionpolicies.admissionregistration.k8s.io",
        "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
        "apiservices.apiregistration.k8s.io");

    private static readonly FrozenSet<string> CreatedByPut = FrozenSet.Create(
        StringComparer.Ordinal,
        "leases.coordination.k8s.io",
        "endpoints",
        "events",
        "events.events.k8s.io",
        "limitranges",
        "services",
        "roles.rbac.authorization.k8s.io",
        "rolebindings.rbac.authorization.k8s.io",
        "clusterroles.rbac.authorization.k8s.io",
        "clusterrolebindings.rbac.authorization.k8s.io",
        "runtimeclasses.node.k8s.io");

    private static readonly FrozenSet<string> ReturnedOnDelete = FrozenSet.Create(
        StringComparer.Ordinal,
        "pods",
        "services",
        "serviceaccounts",
        "persistentvolumes",
        "persistentvolumeclaims",
        "podtemplates",
        "resourcequotas",
        "namespaces",
        "storageclasses.storage.k8s.io",
        "csidrivers.storage.k8s.io",
        "csinodes.storage.k8s.io",
        "volumeattachments.storage.k8s.io",
        "volumeattributesclasses.storage.k8s.io",
        "resourceclaims.resource.k8s.io",
        "resourceclaimtemplates.resource.k8s.io",
        "resourceslices.resource.k8s.io",
        "deviceclasses.resource.k8s.io");

    private static readonly FrozenSet<string> CountsSpec = FrozenSet.Create(
        StringComparer.Ordinal,
        "pods",
        "replicationcontrollers",
        "replicasets.apps",
        "statefulsets.apps",
        "daemonsets.apps",
        "jobs.batch",
        "cronjobs.batch",
        "ingresses.networking.k8s.io",
        "ingressclasses.networking.k8s.io",
        "networkpolicies.networking.k8s.io",
        "poddisruptionbudgets.policy",
        "customresourcedefinitions.apiextensions.k8s.io",
        "flowschemas.flowcontrol.apiserver.k8s.io",
        "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
        "validatingadmissionpolicies.admissionregistration.k8s.io",
        "validatingadmissionpolicybindings.admissionregistration.k8s.io",
        "mutatingadmissionpolicies.admissionregistration.k8s.io",
        "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
        "deviceclasses.resource.k8s.io",
        "resourceslices.resource.k8s.io");

    private static readonly FrozenSet<string> CountsContent = FrozenSet.Create(
        StringComparer.Ordinal,
        "podtemplates",
        "endpointslices.discovery.k8s.io",
        "priorityclasses.scheduling.k8s.io",
        "validatingwebhookconfigurations.admissionregistration.k8s.io",
        "mutatingwebhookconfigurations.admissionregistration.k8s.io");

    private static readonly FrozenSet<string> PathSegmentNames = FrozenSet.Create(
        StringComparer.Ordinal,
        "roles.rbac.authorization.k8s.io",
        "rolebindings.rbac.authorization.k8s.io",
        "clusterroles.rbac.authorization.k8s.io",
        "clusterrolebindings.rbac.authorization.k8s.io",
        "certificatesigningrequests.certificates.k8s.io",
        "apiservices.apiregistration.k8s.io");

    public static ResourceTraits Of(string group, string plural, string kind, ImmutableArray<string> verbs)
    {
        var name = new GroupResource(group, plural).ToString();
        var strategy = BuiltInStrategies.Of(group, kind);
        return new ResourceTraits
        {
            UnconditionalUpdate = !NeedsResourceVersion.Contains(name),
            CreateOnUpdate = CreatedByPut.Contains(name),
            ReturnsObjectOnDelete = ReturnedOnDelete.Contains(name),
            Virtual = !verbs.Contains("update") && !verbs.Contains("delete"),
            DefaultPropagation = name is "jobs.batch" or "replicationcontrollers" ? PropagationPolicy.Orphan : PropagationPolicy.Background,
            Generation = GenerationOf(name),
            Names = name switch
            {
                "namespaces" or "services" => NameRule.Label,
                _ when PathSegmentNames.Contains(name) => NameRule.PathSegment,
                _ => NameRule.Subdomain,
            },
            StatusMetadata = name switch
            {
                "deployments.apps" => StatusMetadataRule.KeepLabels,
                "pods" => StatusMetadataRule.KeepOwnerReferences,
                "customresourcedefinitions.apiextensions.k8s.io" => StatusMetadataRule.Nothing,
                _ => StatusMetadataRule.All,
            },
            StoredAs = name == "events.events.k8s.io" ? new GroupResource("", "events") : null,
            View = name == "events.events.k8s.io" ? EventView.Conversion : null,
            Convert = name == "horizontalpodautoscalers.autoscaling" ? AutoscalerVersions.Convert : null,
            UnnamedPropagationWarning = name == "jobs.batch"
                ? "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning"
                : null,
            Default = BuiltInDefaults.Of(group, kind),
            PrepareForCreate = strategy.Create,
            PrepareForUpdate = strategy.Update,
            BeginDeletion = name == "namespaces" ? NamespaceDeletion.Begin : null,
            StaysWhenDeleted = name == "namespaces" ? NamespaceDeletion.Stays : null,
            GracePeriod = name == "pods" ? PodTermination.GracePeriod : null,
            Validate = BuiltInValidation.Of(group, kind),
            Warn = name == "services" ? ServiceStrategy.Warnings : PodWarnings.Of(name),
        };
    }

    /// <summary>What field selectors may name beside the name and the namespace.</summary>
    public static ImmutableArray<string> SelectableFields(string group, string plural) => new GroupResource(group, plural).ToString() switch
    {
        "pods" =>
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
            "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
        ],
        "nodes" => ["spec.unschedulable"],
        "namespaces" => ["status.phase"],
        "secrets" => ["type"],
        "services" => ["spec.clusterIP", "spec.type"],
        "replicationcontrollers" => ["status.replicas"],
        "jobs.batch" => ["status.successful"],
        "certificatesigningrequests.certificates.k8s.io" => ["spec.signerName"],
        "events" =>
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        "events.events.k8s.io" =>
        [
            "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
            "regarding.resourceVersion", "regarding.fieldPath", "reason", "reportingController", "type",
        ],
        _ => [],
    };

    private static GenerationRule GenerationOf(string name) => name switch
    {
        "deployments.apps" => GenerationRule.SpecOrAnnotations,
        _ when CountsSpec.Contains(name) => GenerationRule.Spec,
        _ when CountsContent.Contains(name) => GenerationRule.Content,
        _ => GenerationRule.None,
    };
}
