using OperatorKit;

namespace Parity;

// The rules of controller-tools' own test of its role generator (pkg/rbac/testdata/controller.go), said in C#.
[Rbac(Groups = ["batch.io"], Resources = ["cronjobs"], Verbs = ["get", "watch", "create"])]
[Rbac(Groups = ["batch.io"], Resources = ["cronjobs/status"], Verbs = ["get", "update", "patch"])]
[Rbac(Groups = ["art"], Resources = ["jobs"], Verbs = ["get"])]
[Rbac(Groups = ["wave"], Resources = ["jobs"], Verbs = ["get"], Namespace = "zoo")]
[Rbac(Groups = ["batch", "batch", "batch"], Resources = ["jobs/status"], Verbs = ["watch"])]
[Rbac(Groups = ["batch", "cron"], Resources = ["jobs/status"], Verbs = ["create", "get"])]
[Rbac(Groups = ["art"], Resources = ["jobs"], Verbs = ["get"], Namespace = "zoo")]
[Rbac(Groups = ["cron", "batch"], Resources = ["jobs/status"], Verbs = ["get", "create"])]
[Rbac(Groups = ["batch"], Resources = ["jobs/status"], Verbs = ["watch", "watch"])]
[Rbac(Groups = ["art"], Resources = ["jobs"], Verbs = ["get"], Namespace = "park")]
[Rbac(Groups = ["batch.io"], Resources = ["cronjobs"], Verbs = ["get", "watch"], ResourceNames = ["foo", "bar", "baz"])]
[Rbac(Groups = ["deduplicate-verbs"], Resources = ["some"], Verbs = ["get", "list"])]
[Rbac(Groups = ["deduplicate-verbs"], Resources = ["some"], Verbs = ["get"])]
[Rbac(Groups = ["deduplicate-verbs"], Resources = ["some"], Verbs = ["list"])]
[Rbac(Groups = ["deduplicate-resources"], Resources = ["one"], Verbs = ["create"])]
[Rbac(Groups = ["deduplicate-resources"], Resources = ["two"], Verbs = ["create"])]
[Rbac(Groups = ["deduplicate-resources"], Resources = ["three"], Verbs = ["create"])]
[Rbac(Groups = ["deduplicate-groups1"], Resources = ["foo"], Verbs = ["patch"])]
[Rbac(Groups = ["deduplicate-groups2"], Resources = ["foo"], Verbs = ["patch"])]
[Rbac(Groups = ["deduplicate-groups3"], Resources = ["foo"], Verbs = ["patch"])]
[Rbac(Groups = ["deduplicate-all"], Resources = ["foo", "bar"], Verbs = ["get", "list"])]
[Rbac(Groups = ["deduplicate-all"], Resources = ["foo"], Verbs = ["get"])]
[Rbac(Groups = ["deduplicate-all"], Resources = ["bar"], Verbs = ["list"])]
[Rbac(Groups = ["deduplicate-groups4"], Resources = ["xyz"], Verbs = ["get", "update", "patch"])]
[Rbac(Groups = ["deduplicate-groups4"], Resources = ["xyz"], Verbs = ["*"])]
[Rbac(Groups = ["deduplicate-all-group"], Resources = ["foo", "bar"], Verbs = ["get", "list"])]
[Rbac(Groups = ["not-deduplicate-resources"], Resources = ["some"], Verbs = ["get"])]
[Rbac(Groups = ["not-deduplicate-resources"], Resources = ["another"], Verbs = ["list"])]
[Rbac(Groups = ["not-deduplicate-groups1"], Resources = ["some"], Verbs = ["get"])]
[Rbac(Groups = ["not-deduplicate-groups2"], Resources = ["some"], Verbs = ["list"])]
[Rbac(Verbs = ["get"], Urls = ["/url-to-duplicate"])]
[Rbac(Verbs = ["get"], Urls = ["/another/url-to-duplicate"])]
[Rbac(Groups = ["core"], Resources = ["deduplicate"], Verbs = ["list"])]
[Rbac(Groups = [""], Resources = ["me"], Verbs = ["list"])]
[Rbac(Groups = ["core", "", "some-other-to-deduplicate-with-core"], Resources = ["me"], Verbs = ["list", "get"])]
[Rbac(Groups = ["deduplicate-groups5"], Resources = ["abc"], Verbs = ["get", "update", "patch", "create"], Namespace = "here")]
[Rbac(Groups = ["deduplicate-groups5"], Resources = ["abc"], Verbs = ["*"], Namespace = "here")]
[Rbac(Groups = ["apps"], Resources = ["deployments"], Verbs = ["get", "list", "watch", "update", "patch"], Namespace = "infrastructure", RoleName = "infra-deployment-manager")]
[Rbac(Groups = [""], Resources = ["secrets"], Verbs = ["get", "list", "watch"], Namespace = "users", RoleName = "user-secrets-reader")]
[Rbac(Groups = ["apps"], Resources = ["statefulsets"], Verbs = ["get", "list"], Namespace = "infrastructure", RoleName = "infra-deployment-manager")]
[Rbac(Groups = ["monitoring"], Resources = ["prometheuses"], Verbs = ["get", "list"], Namespace = "observability")]
public sealed class Rules;

[KubernetesResource("example.com", "v1")]
public sealed partial record Thing : CustomResource<ThingSpec>;

public sealed record ThingSpec
{
    public string? Name { get; init; }
}

public sealed class ThingOperator : ThingHandler;
