using System.Collections.Immutable;
using OperatorKit.ApiServer.BuiltIns.Defaults;
using OperatorKit.ApiServer.BuiltIns.Strategies;
using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Namespaces;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Workloads;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>How built-in kinds differ from each other beyond their schemas. Names are <c>plural</c> or <c>plural.group</c>.</summary>
internal static class BuiltInTraits
{
    private static bool NeedsResourceVersion(string name) => name is
        "leases.coordination.k8s.io"
        or "customresourcedefinitions.apiextensions.k8s.io"
        or "poddisruptionbudgets.policy"
        or "runtimeclasses.node.k8s.io"
        or "csidrivers.storage.k8s.io"
        or "csinodes.storage.k8s.io"
        or "csistoragecapacities.storage.k8s.io"
        or "volumeattachments.storage.k8s.io"
        or "validatingwebhookconfigurations.admissionregistration.k8s.io"
        or "mutatingwebhookconfigurations.admissionregistration.k8s.io"
        or "validatingadmissionpolicies.admissionregistration.k8s.io"
        or "validatingadmissionpolicybindings.admissionregistration.k8s.io"
        or "mutatingadmissionpolicies.admissionregistration.k8s.io"
        or "mutatingadmissionpolicybindings.admissionregistration.k8s.io"
        or "apiservices.apiregistration.k8s.io";

    private static bool CreatedByPut(string name) => name is
        "leases.coordination.k8s.io"
        or "endpoints"
        or "events"
        or "events.events.k8s.io"
        or "limitranges"
        or "services"
        or "roles.rbac.authorization.k8s.io"
        or "rolebindings.rbac.authorization.k8s.io"
        or "clusterroles.rbac.authorization.k8s.io"
        or "clusterrolebindings.rbac.authorization.k8s.io"
        or "runtimeclasses.node.k8s.io";

    private static bool ReturnedOnDelete(string name) => name is
        "pods"
        or "services"
        or "serviceaccounts"
        or "persistentvolumes"
        or "persistentvolumeclaims"
        or "podtemplates"
        or "resourcequotas"
        or "namespaces"
        or "storageclasses.storage.k8s.io"
        or "csidrivers.storage.k8s.io"
        or "csinodes.storage.k8s.io"
        or "volumeattachments.storage.k8s.io"
        or "volumeattributesclasses.storage.k8s.io"
        or "resourceclaims.resource.k8s.io"
        or "resourceclaimtemplates.resource.k8s.io"
        or "resourceslices.resource.k8s.io"
        or "deviceclasses.resource.k8s.io";

    private static bool CountsSpec(string name) => name is
        "pods"
        or "replicationcontrollers"
        or "replicasets.apps"
        or "statefulsets.apps"
        or "daemonsets.apps"
        or "jobs.batch"
        or "cronjobs.batch"
        or "ingresses.networking.k8s.io"
        or "ingressclasses.networking.k8s.io"
        or "networkpolicies.networking.k8s.io"
        or "poddisruptionbudgets.policy"
        or "customresourcedefinitions.apiextensions.k8s.io"
        or "flowschemas.flowcontrol.apiserver.k8s.io"
        or "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"
        or "validatingadmissionpolicies.admissionregistration.k8s.io"
        or "validatingadmissionpolicybindings.admissionregistration.k8s.io"
        or "mutatingadmissionpolicies.admissionregistration.k8s.io"
        or "mutatingadmissionpolicybindings.admissionregistration.k8s.io"
        or "deviceclasses.resource.k8s.io"
        or "resourceslices.resource.k8s.io";

    private static bool CountsContent(string name) => name is
        "podtemplates"
        or "validatingwebhookconfigurations.admissionregistration.k8s.io"
        or "mutatingwebhookconfigurations.admissionregistration.k8s.io";

    private static bool PathSegmentNames(string name) => name is
        "roles.rbac.authorization.k8s.io"
        or "rolebindings.rbac.authorization.k8s.io"
        or "clusterroles.rbac.authorization.k8s.io"
        or "clusterrolebindings.rbac.authorization.k8s.io"
        or "certificatesigningrequests.certificates.k8s.io"
        or "apiservices.apiregistration.k8s.io";

    public static ResourceTraits Of(string group, string plural, string kind, ImmutableArray<string> verbs)
    {
        var name = new GroupResource(group, plural).ToString();
        var strategy = BuiltInStrategies.Of(group, kind);
        return new ResourceTraits
        {
            UnconditionalUpdate = !NeedsResourceVersion(name),
            CreateOnUpdate = CreatedByPut(name),
            ReturnsObjectOnDelete = ReturnedOnDelete(name),
            Virtual = !verbs.Contains("update") && !verbs.Contains("delete"),
            DefaultPropagation = name is "jobs.batch" or "replicationcontrollers" ? PropagationPolicy.Orphan : PropagationPolicy.Background,
            Generation = GenerationOf(name),
            Names = name switch
            {
                "namespaces" or "services" or "statefulsets.apps" => NameRule.Label,
                _ when PathSegmentNames(name) || MetadataRoundsOf(name) == MetadataRounds.None => NameRule.PathSegment,
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
            PartialWrites = name switch
            {
                "pods" => PodParts.All,
                "namespaces" => ImmutableDictionary<string, PartialWrite>.Empty.Add("finalize", NamespaceFinalize.Write),
                "certificatesigningrequests.certificates.k8s.io" => CertificateRequestParts.All,
                _ => ImmutableDictionary<string, PartialWrite>.Empty,
            },
            MetadataRounds = MetadataRoundsOf(name),
            StatusMetadataRounds = name switch
            {
                "cronjobs.batch" or "poddisruptionbudgets.policy" => MetadataRounds.None,
                "certificatesigningrequests.certificates.k8s.io" => MetadataRounds.UpdateAndContent,
                _ => MetadataRounds.Update,
            },
            // These groups check their objects as extensions do.
            QualifiedFinalizers = MetadataRoundsOf(name) != MetadataRounds.None && group is not ("apiextensions.k8s.io" or "admissionregistration.k8s.io" or "coordination.k8s.io" or "node.k8s.io"),
            Default = BuiltInDefaults.Of(group, kind),
            PrepareForCreate = strategy.Create,
            PrepareForUpdate = strategy.Update,
            BeginDeletion = name == "namespaces" ? NamespaceDeletion.Begin : null,
            StaysWhenDeleted = name == "namespaces" ? NamespaceDeletion.Stays : null,
            GracePeriod = name == "pods" ? PodTermination.GracePeriod : null,
            SelectableField = FieldLabels.Reader(name),
            UnselectableField = FieldLabels.Refusal(name),
            Validate = BuiltInValidation.Of(group, kind),
            ValidateStatus = StatusValidation.Of(group, kind),
            Warn = KindWarnings.Of(name),
        };
    }

    private static MetadataRounds MetadataRoundsOf(string name) => name switch
    {
        "events" or "poddisruptionbudgets.policy" => MetadataRounds.None,
        "persistentvolumes" => MetadataRounds.ContentTwice,
        "limitranges"
            or "endpointslices.discovery.k8s.io"
            or "volumeattachments.storage.k8s.io"
            or "validatingwebhookconfigurations.admissionregistration.k8s.io"
            or "mutatingwebhookconfigurations.admissionregistration.k8s.io"
            or "validatingadmissionpolicies.admissionregistration.k8s.io"
            or "validatingadmissionpolicybindings.admissionregistration.k8s.io"
            or "mutatingadmissionpolicies.admissionregistration.k8s.io"
            or "mutatingadmissionpolicybindings.admissionregistration.k8s.io" => MetadataRounds.Content,
        "configmaps"
            or "secrets"
            or "pods"
            or "nodes"
            or "namespaces"
            or "endpoints"
            or "serviceaccounts"
            or "persistentvolumeclaims"
            or "controllerrevisions.apps"
            or "jobs.batch"
            or "certificatesigningrequests.certificates.k8s.io"
            or "ingresses.networking.k8s.io"
            or "ingressclasses.networking.k8s.io"
            or "runtimeclasses.node.k8s.io"
            or "storageclasses.storage.k8s.io"
            or "roles.rbac.authorization.k8s.io"
            or "rolebindings.rbac.authorization.k8s.io"
            or "clusterroles.rbac.authorization.k8s.io"
            or "clusterrolebindings.rbac.authorization.k8s.io" => MetadataRounds.UpdateAndContent,
        _ => MetadataRounds.Update,
    };

    private static GenerationRule GenerationOf(string name) => name switch
    {
        "deployments.apps" => GenerationRule.SpecOrAnnotations,
        "priorityclasses.scheduling.k8s.io" => GenerationRule.First,
        "endpointslices.discovery.k8s.io" => GenerationRule.ContentOrLabels,
        _ when CountsSpec(name) => GenerationRule.Spec,
        _ when CountsContent(name) => GenerationRule.Content,
        _ => GenerationRule.None,
    };
}
