using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Networking.</summary>
public static class NetworkingKinds
{
    extension(KubernetesClient client)
    {
        /// <summary>EndpointSlices of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1EndpointSlice> EndpointSlices(string? @namespace = null) => client.Resource<V1EndpointSlice>(@namespace);

        /// <summary>IngressClasses of the cluster.</summary>
        public ResourceClient<V1IngressClass> IngressClasses() => client.Resource<V1IngressClass>();

        /// <summary>Ingresses of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Ingress> Ingresses(string? @namespace = null) => client.Resource<V1Ingress>(@namespace);

        /// <summary>IPAddresses of the cluster.</summary>
        public ResourceClient<V1IPAddress> IPAddresses() => client.Resource<V1IPAddress>();

        /// <summary>NetworkPolicies of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1NetworkPolicy> NetworkPolicies(string? @namespace = null) => client.Resource<V1NetworkPolicy>(@namespace);

        /// <summary>ServiceCIDRs of the cluster.</summary>
        public ResourceClient<V1ServiceCIDR> ServiceCIDRs() => client.Resource<V1ServiceCIDR>();
    }
}
