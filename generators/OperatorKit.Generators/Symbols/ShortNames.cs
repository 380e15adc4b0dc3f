using System.Collections.Generic;

namespace OperatorKit.Generators.Symbols;

/// <summary>The short names of built-in kinds, which kubectl takes before those of custom resources.</summary>
internal static class ShortNames
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["cj"] = "CronJob",
        ["cm"] = "ConfigMap",
        ["crd"] = "CustomResourceDefinition",
        ["crds"] = "CustomResourceDefinition",
        ["cs"] = "ComponentStatus",
        ["csr"] = "CertificateSigningRequest",
        ["deploy"] = "Deployment",
        ["ds"] = "DaemonSet",
        ["ep"] = "Endpoints",
        ["ev"] = "Event",
        ["hpa"] = "HorizontalPodAutoscaler",
        ["ing"] = "Ingress",
        ["ip"] = "IPAddress",
        ["limits"] = "LimitRange",
        ["netpol"] = "NetworkPolicy",
        ["no"] = "Node",
        ["ns"] = "Namespace",
        ["pc"] = "PriorityClass",
        ["pdb"] = "PodDisruptionBudget",
        ["po"] = "Pod",
        ["pv"] = "PersistentVolume",
        ["pvc"] = "PersistentVolumeClaim",
        ["quota"] = "ResourceQuota",
        ["rc"] = "ReplicationController",
        ["rs"] = "ReplicaSet",
        ["sa"] = "ServiceAccount",
        ["sc"] = "StorageClass",
        ["sts"] = "StatefulSet",
        ["svc"] = "Service",
        ["vac"] = "VolumeAttributesClass",
    };

    /// <summary>The built-in kind that a short name is one of; null where it is free.</summary>
    public static string? Owner(string name) => Kinds.TryGetValue(name, out var kind) ? kind : null;
}
