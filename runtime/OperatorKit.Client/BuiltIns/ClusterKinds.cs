using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Kinds that extend and run the cluster.</summary>
public static class ClusterKinds
{
    extension(KubernetesClient client)
    {
        /// <summary>MutatingAdmissionPolicies of the cluster.</summary>
        public ResourceClient<V1MutatingAdmissionPolicy> MutatingAdmissionPolicies() => client.Resource<V1MutatingAdmissionPolicy>();

        /// <summary>MutatingAdmissionPolicyBindings of the cluster.</summary>
        public ResourceClient<V1MutatingAdmissionPolicyBinding> MutatingAdmissionPolicyBindings() => client.Resource<V1MutatingAdmissionPolicyBinding>();

        /// <summary>MutatingWebhookConfigurations of the cluster.</summary>
        public ResourceClient<V1MutatingWebhookConfiguration> MutatingWebhookConfigurations() => client.Resource<V1MutatingWebhookConfiguration>();

        /// <summary>ValidatingAdmissionPolicies of the cluster.</summary>
        public ResourceClient<V1ValidatingAdmissionPolicy> ValidatingAdmissionPolicies() => client.Resource<V1ValidatingAdmissionPolicy>();

        /// <summary>ValidatingAdmissionPolicyBindings of the cluster.</summary>
        public ResourceClient<V1ValidatingAdmissionPolicyBinding> ValidatingAdmissionPolicyBindings() => client.Resource<V1ValidatingAdmissionPolicyBinding>();

        /// <summary>ValidatingWebhookConfigurations of the cluster.</summary>
        public ResourceClient<V1ValidatingWebhookConfiguration> ValidatingWebhookConfigurations() => client.Resource<V1ValidatingWebhookConfiguration>();

        /// <summary>CustomResourceDefinitions of the cluster.</summary>
        public ResourceClient<V1CustomResourceDefinition> CustomResourceDefinitions() => client.Resource<V1CustomResourceDefinition>();

        /// <summary>CertificateSigningRequests of the cluster.</summary>
        public ResourceClient<V1CertificateSigningRequest> CertificateSigningRequests() => client.Resource<V1CertificateSigningRequest>();

        /// <summary>Leases of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Lease> Leases(string? @namespace = null) => client.Resource<V1Lease>(@namespace);

        /// <summary>PriorityClasses of the cluster.</summary>
        public ResourceClient<V1PriorityClass> PriorityClasses() => client.Resource<V1PriorityClass>();
    }
}
