using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Core kinds.</summary>
public static class CoreKinds
{
    extension(KubernetesClient client)
    {
        /// <summary>ConfigMaps of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1ConfigMap> ConfigMaps(string? @namespace = null) => client.Resource<V1ConfigMap>(@namespace);

        /// <summary>Events of a namespace; null is all namespaces.</summary>
        public ResourceClient<Corev1Event> Events(string? @namespace = null) => client.Resource<Corev1Event>(@namespace);

        /// <summary>LimitRanges of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1LimitRange> LimitRanges(string? @namespace = null) => client.Resource<V1LimitRange>(@namespace);

        /// <summary>Namespaces of the cluster.</summary>
        public ResourceClient<V1Namespace> Namespaces() => client.Resource<V1Namespace>();

        /// <summary>Nodes of the cluster.</summary>
        public ResourceClient<V1Node> Nodes() => client.Resource<V1Node>();

        /// <summary>PersistentVolumeClaims of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1PersistentVolumeClaim> PersistentVolumeClaims(string? @namespace = null) => client.Resource<V1PersistentVolumeClaim>(@namespace);

        /// <summary>PersistentVolumes of the cluster.</summary>
        public ResourceClient<V1PersistentVolume> PersistentVolumes() => client.Resource<V1PersistentVolume>();

        /// <summary>Pods of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Pod> Pods(string? @namespace = null) => client.Resource<V1Pod>(@namespace);

        /// <summary>ResourceQuotas of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1ResourceQuota> ResourceQuotas(string? @namespace = null) => client.Resource<V1ResourceQuota>(@namespace);

        /// <summary>Secrets of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Secret> Secrets(string? @namespace = null) => client.Resource<V1Secret>(@namespace);

        /// <summary>ServiceAccounts of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1ServiceAccount> ServiceAccounts(string? @namespace = null) => client.Resource<V1ServiceAccount>(@namespace);

        /// <summary>Services of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Service> Services(string? @namespace = null) => client.Resource<V1Service>(@namespace);
    }
}
