using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Roles and their bindings.</summary>
public static class AccessKinds
{
    extension(KubernetesClient client)
    {
        /// <summary>ClusterRoleBindings of the cluster.</summary>
        public ResourceClient<V1ClusterRoleBinding> ClusterRoleBindings() => client.Resource<V1ClusterRoleBinding>();

        /// <summary>ClusterRoles of the cluster.</summary>
        public ResourceClient<V1ClusterRole> ClusterRoles() => client.Resource<V1ClusterRole>();

        /// <summary>RoleBindings of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1RoleBinding> RoleBindings(string? @namespace = null) => client.Resource<V1RoleBinding>(@namespace);

        /// <summary>Roles of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Role> Roles(string? @namespace = null) => client.Resource<V1Role>(@namespace);
    }
}
