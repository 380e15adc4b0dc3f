using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Workloads.</summary>
public static class AppsKinds
{
    extension(KubernetesClient client)
    {
        /// <summary>ControllerRevisions of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1ControllerRevision> ControllerRevisions(string? @namespace = null) => client.Resource<V1ControllerRevision>(@namespace);

        /// <summary>DaemonSets of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1DaemonSet> DaemonSets(string? @namespace = null) => client.Resource<V1DaemonSet>(@namespace);

        /// <summary>Deployments of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Deployment> Deployments(string? @namespace = null) => client.Resource<V1Deployment>(@namespace);

        /// <summary>ReplicaSets of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1ReplicaSet> ReplicaSets(string? @namespace = null) => client.Resource<V1ReplicaSet>(@namespace);

        /// <summary>StatefulSets of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1StatefulSet> StatefulSets(string? @namespace = null) => client.Resource<V1StatefulSet>(@namespace);

        /// <summary>HorizontalPodAutoscalers of a namespace; null is all namespaces.</summary>
        public ResourceClient<V2HorizontalPodAutoscaler> HorizontalPodAutoscalers(string? @namespace = null) => client.Resource<V2HorizontalPodAutoscaler>(@namespace);

        /// <summary>CronJobs of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1CronJob> CronJobs(string? @namespace = null) => client.Resource<V1CronJob>(@namespace);

        /// <summary>Jobs of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1Job> Jobs(string? @namespace = null) => client.Resource<V1Job>(@namespace);

        /// <summary>PodDisruptionBudgets of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1PodDisruptionBudget> PodDisruptionBudgets(string? @namespace = null) => client.Resource<V1PodDisruptionBudget>(@namespace);
    }
}
