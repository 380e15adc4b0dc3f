using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>The resources that the server's own controllers read and write.</summary>
internal static class WellKnown
{
    public static readonly GroupResource Namespaces = new("", "namespaces");
    public static readonly GroupResource Nodes = new("", "nodes");
    public static readonly GroupResource Pods = new("", "pods");
    public static readonly GroupResource Services = new("", "services");
    public static readonly GroupResource Endpoints = new("", "endpoints");
    public static readonly GroupResource EndpointSlices = new("discovery.k8s.io", "endpointslices");
    public static readonly GroupResource ServiceAccounts = new("", "serviceaccounts");
    public static readonly GroupResource ConfigMaps = new("", "configmaps");
    public static readonly GroupResource Events = new("", "events");
    public static readonly GroupResource ResourceQuotas = new("", "resourcequotas");
    public static readonly GroupResource StorageClasses = new("storage.k8s.io", "storageclasses");
    public static readonly GroupResource Bindings = new("", "bindings");
    public static readonly GroupResource LimitRanges = new("", "limitranges");
    public static readonly GroupResource PersistentVolumes = new("", "persistentvolumes");
    public static readonly GroupResource PersistentVolumeClaims = new("", "persistentvolumeclaims");
    public static readonly GroupResource ReplicationControllers = new("", "replicationcontrollers");
    public static readonly GroupResource ReplicaSets = new("apps", "replicasets");
    public static readonly GroupResource Deployments = new("apps", "deployments");
    public static readonly GroupResource StatefulSets = new("apps", "statefulsets");
    public static readonly GroupResource DaemonSets = new("apps", "daemonsets");
    public static readonly GroupResource ControllerRevisions = new("apps", "controllerrevisions");
    public static readonly GroupResource Jobs = new("batch", "jobs");
    public static readonly GroupResource CronJobs = new("batch", "cronjobs");
    public static readonly GroupResource DisruptionBudgets = new("policy", "poddisruptionbudgets");
    public static readonly GroupResource PriorityClasses = new("scheduling.k8s.io", "priorityclasses");
    public static readonly GroupResource Roles = new("rbac.authorization.k8s.io", "roles");
    public static readonly GroupResource RoleBindings = new("rbac.authorization.k8s.io", "rolebindings");
    public static readonly GroupResource ClusterRoles = new("rbac.authorization.k8s.io", "clusterroles");
    public static readonly GroupResource ClusterRoleBindings = new("rbac.authorization.k8s.io", "clusterrolebindings");
}
