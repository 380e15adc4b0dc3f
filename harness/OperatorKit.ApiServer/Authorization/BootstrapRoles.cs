using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>
/// The cluster roles and bindings that every cluster begins with.
/// See https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings.
/// </summary>
internal static class BootstrapRoles
{
    private const string Read = "get list watch";
    private const string Write = "create delete deletecollection patch update";
    private const string AggregateTo = "rbac.authorization.k8s.io/aggregate-to-";

    public static IEnumerable<JsonObject> ClusterRoles()
    {
        JsonObject[] parts = [AggregateToAdmin(), AggregateToEdit(), AggregateToView()];
        var view = Aggregated("view", "edit", parts);
        var edit = Aggregated("edit", "admin", [.. parts, view]);
        var admin = Aggregated("admin", null, [.. parts, view, edit]);
        return
        [
            Role("cluster-admin", [Rule("*", "*", "*"), Paths("*", "*")]),
            admin,
            edit,
            view,
            .. parts,
            Role("system:basic-user",
            [
                Rule("create", "authorization.k8s.io", "selfsubjectaccessreviews selfsubjectrulesreviews"),
                Rule("create", "authentication.k8s.io", "selfsubjectreviews"),
            ]),
            Role("system:discovery", [Paths("get", "/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/")]),
            Role("system:public-info-viewer", [Paths("get", "/healthz /livez /readyz /version /version/")]),
            Role("system:service-account-issuer-discovery", [Paths("get", "/.well-known/openid-configuration /openid/v1/jwks")]),
            Role("system:auth-delegator",
            [
                Rule("create", "authentication.k8s.io", "tokenreviews"),
                Rule("create", "authorization.k8s.io", "subjectaccessreviews"),
            ]),
        ];
    }

    public static IEnumerable<JsonObject> ClusterRoleBindings() =>
    [
        Binding("cluster-admin", "cluster-admin", "system:masters"),
        Binding("system:basic-user", "system:basic-user", "system:authenticated"),
        Binding("system:discovery", "system:discovery", "system:authenticated"),
        Binding("system:public-info-viewer", "system:public-info-viewer", "system:authenticated", "system:unauthenticated"),
        Binding("system:service-account-issuer-discovery", "system:service-account-issuer-discovery", "system:serviceaccounts"),
    ];

    private static JsonObject AggregateToAdmin() => Role("system:aggregate-to-admin",
    [
        Rule("create", "authorization.k8s.io", "localsubjectaccessreviews"),
        Rule($"{Read} {Write}", "rbac.authorization.k8s.io", "rolebindings roles"),
    ], "admin");

    private static JsonObject AggregateToEdit() => Role("system:aggregate-to-edit",
    [
        Rule(Read, "", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy"),
        Rule("impersonate", "", "serviceaccounts"),
        Rule(Write, "", "pods pods/attach pods/exec pods/portforward pods/proxy"),
        Rule("create", "", "pods/eviction"),
        Rule(Write, "", "configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy"),
        Rule("create", "", "serviceaccounts/token"),
        Rule(Write, "apps", "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale"),
        Rule(Write, "autoscaling", "horizontalpodautoscalers"),
        Rule(Write, "batch", "cronjobs jobs"),
        Rule(Write, "networking.k8s.io", "ingresses networkpolicies"),
        Rule(Write, "policy", "poddisruptionbudgets"),
        Rule($"{Read} {Write}", "coordination.k8s.io", "leases"),
    ], "edit");

    private static JsonObject AggregateToView() => Role("system:aggregate-to-view",
    [
        Rule(Read, "", "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status"),
        Rule(Read, "", "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status"),
        Rule(Read, "", "namespaces"),
        Rule(Read, "discovery.k8s.io", "endpointslices"),
        Rule(Read, "apps", "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status"),
        Rule(Read, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
        Rule(Read, "batch", "cronjobs cronjobs/status jobs jobs/status"),
        Rule(Read, "networking.k8s.io", "ingresses ingresses/status networkpolicies"),
        Rule(Read, "policy", "poddisruptionbudgets poddisruptionbudgets/status"),
    ], "view");

    private static JsonObject Aggregated(string name, string? parent, IReadOnlyCollection<JsonObject> parts)
    {
        var selectors = JsonArray.Of(JsonObject.Of(("matchLabels", JsonObject.Of((AggregateTo + name, "true")))));
        var role = Role(name, [], parent).With("aggregationRule", JsonObject.Of(("clusterRoleSelectors", selectors)));
        return role.With("rules", RoleAggregation.Rules(role, selectors, parts.OrderBy(static part => part.Name, StringComparer.Ordinal)));
    }

    private static JsonObject Role(string name, IEnumerable<JsonValue> rules, string? aggregateTo = null) => JsonObject.Of(
        ("apiVersion", "rbac.authorization.k8s.io/v1"),
        ("kind", "ClusterRole"),
        ("metadata", Metadata(name, aggregateTo)),
        ("rules", JsonArray.Of(rules)));

    private static JsonObject Metadata(string name, string? aggregateTo)
    {
        var labels = JsonObject.Of(("kubernetes.io/bootstrapping", "rbac-defaults"));
        if (aggregateTo is not null)
            labels = labels.With(AggregateTo + aggregateTo, "true");
        var annotations = JsonObject.Of(("rbac.authorization.kubernetes.io/autoupdate", "true"));
        return JsonObject.Of(("name", name), ("labels", labels), ("annotations", annotations));
    }

    private static JsonValue Rule(string verbs, string group, string resources) =>
        JsonObject.Of(("apiGroups", JsonArray.Of(group)), ("resources", Words(resources)), ("verbs", Words(verbs)));

    private static JsonValue Paths(string verbs, string paths) => JsonObject.Of(("nonResourceURLs", Words(paths)), ("verbs", Words(verbs)));

    private static JsonObject Binding(string name, string role, params string[] groups) => JsonObject.Of(
        ("apiVersion", "rbac.authorization.k8s.io/v1"),
        ("kind", "ClusterRoleBinding"),
        ("metadata", Metadata(name, null)),
        ("roleRef", JsonObject.Of(("apiGroup", WellKnown.Roles.Group), ("kind", "ClusterRole"), ("name", role))),
        ("subjects", JsonArray.Of(groups.Select(static group => JsonObject.Of(("apiGroup", WellKnown.Roles.Group), ("kind", "Group"), ("name", group))))));

    private static JsonArray Words(string text) => JsonArray.Of(text.Split(' ').Select(JsonValue.From));
}
