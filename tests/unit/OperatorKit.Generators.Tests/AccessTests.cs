using OperatorKit.Client;
using OperatorKit.Generators.Tests.Compiling;
using YamlDotNet.Serialization;

namespace OperatorKit.Generators.Tests;

public sealed class AccessTests
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    [Fact]
    public void Calls_in_a_handler_are_its_rights()
    {
        var rbac = Rbac("""
            public override async Task<ThingStatus> OnCreateAsync(Thing thing, ThingContext context, CancellationToken cancellationToken)
            {
                var pods = kubernetes.Resource<V1Pod>("default");
                await pods.ListAsync(cancellationToken: cancellationToken);
                await kubernetes.Resource<V1Secret>("default").GetAsync("one", cancellationToken);
                await things.GetScaleAsync("other", cancellationToken);
                await context.ApplyAsync(new V1ConfigMap(), cancellationToken);
                await context.DeleteAsync<V1Job>("old", cancellationToken);
                return new ThingStatus();
            }
            """);
        Verbs(rbac, "", "configmaps").ShouldBe(["create", "patch"]);
        Verbs(rbac, "", "pods").ShouldBe(["list"]);
        Verbs(rbac, "", "secrets").ShouldBe(["get"]);
        Verbs(rbac, "batch", "jobs").ShouldBe(["delete"]);
        Verbs(rbac, "example.com", "things/scale").ShouldBe(["get"]);
    }

    [Fact]
    public void Calls_in_other_classes_are_rights_too_however_they_get_at_the_client()
    {
        var rbac = Rbac("", """
            public sealed class Nodes(KubernetesClient kubernetes, ThingClient things)
            {
                private readonly ResourceClient<V1Secret> _secrets = kubernetes.Resource<V1Secret>("default");

                public async Task Look(ThingContext context, ReconcileContext<Thing> any)
                {
                    var mine = context.Client.Resource<V1Service>("default");
                    await mine.ListAsync();
                    await context.Client.Endpoints.GetAsync("no");
                    await context.Client.Pods("default").ReadLogAsync("one");
                    await context.Client.Things("default").ApplyStatusAsync(null);
                    await kubernetes.ListAllThingsAsync();
                    await _secrets.FindAsync("one");
                    await things.DeleteCollectionAsync();
                    await any.ApplyAsync(new V1Endpoints());
                    await any.DeleteAsync<V1Job>("old");
                    await (things?.CreateAsync(null) ?? Task.CompletedTask);
                    await kubernetes.Metadata(V1ReplicaSet.Definition).ListAsync();
                    await kubernetes.InstallAsync<Thing>();
                }
            }

            public static class Start
            {
                public static void Configure(OperatorBuilder operators) => operators.AddThingOperator(options => options.Watch<V1Node>(static _ => []));
            }
            """);
        Verbs(rbac, "", "services").ShouldBe(["list"]);
        Verbs(rbac, "", "pods/log").ShouldBe(["get"]);
        Verbs(rbac, "", "nodes").ShouldBe(["list", "watch"]);
        Verbs(rbac, "", "secrets").ShouldBe(["get"]);
        Verbs(rbac, "", "endpoints").ShouldBe(["create", "patch"]);
        Verbs(rbac, "batch", "jobs").ShouldBe(["delete"]);
        Verbs(rbac, "example.com", "things").ShouldBe(["create", "deletecollection", "get", "list", "patch", "watch"]);
        Verbs(rbac, "example.com", "things/status").ShouldBe(["patch"]);
        Verbs(rbac, "apiextensions.k8s.io", "customresourcedefinitions").ShouldBe(["create", "patch", "watch"]);
        rbac.ShouldNotContain("replicasets");
    }

    [Fact]
    public void What_is_deleted_through_a_type_parameter_may_be_any_owned_kind()
    {
        const string prune = "public Task Prune<T>(ThingContext context) where T : class, IKubernetesResource<T> => context.PruneAsync<T>();";
        Verbs(Rbac(prune, attributes: "[Owns<V1ConfigMap>]"), "", "configmaps").ShouldBe(["create", "delete", "list", "patch", "watch"]);
        Verbs(Rbac("", attributes: "[Owns<V1ConfigMap>]"), "", "configmaps").ShouldBe(["create", "list", "patch", "watch"]);
    }

    [Fact]
    public void Calls_that_others_make_are_no_rights()
    {
        Rbac("", """
            [RbacIgnore]
            public sealed class Command(KubernetesClient kubernetes) { public Task RunAsync() => kubernetes.Resource<V1Pod>().ListAsync(); }
            public sealed class Other(KubernetesClient kubernetes)
            {
                [RbacIgnore]
                public async Task RunAsync() => await Task.Run(() => kubernetes.Resource<V1Pod>().ListAsync());
            }
            """).ShouldNotContain("pods");
    }

    [Fact]
    public void A_rule_may_be_on_any_class_and_in_a_role_of_its_own()
    {
        var rbac = Rbac("", """
            [Rbac(Groups = ["core"], Resources = ["secrets"], Verbs = ["get"], Namespace = "users", RoleName = "reader")]
            [Rbac(Urls = ["/metrics"], Verbs = ["get"])]
            public sealed class Elsewhere;
            """);
        rbac.ShouldContain("kind: Role\nmetadata:\n  name: reader\n  namespace: users\n");
        rbac.ShouldContain("roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: reader\n");
        rbac.ShouldContain("- nonResourceURLs:\n  - /metrics\n  verbs:\n  - get\n");
    }

    [Fact]
    public void What_is_of_the_cluster_needs_a_cluster_role_even_in_an_operator_of_one_namespace()
    {
        var run = GeneratorRun.With(
            Usings + Analysis.Handler("public Task Nodes(ThingContext context) => context.Client.Nodes().ListAsync();"), ("OperatorKitScope", "Namespace"), ("OperatorKitNamespace", "apps"));
        var documents = run.Manifests()["rbac.yaml"].Split("---\n");
        documents.Where(static d => d.Contains("kind: ClusterRole\n") && !d.Contains("roleRef")).ShouldHaveSingleItem().ShouldEndWith("rules:\n- apiGroups:\n  - ''\n  resources:\n  - nodes\n  verbs:\n  - list\n");
        documents.ShouldContain(static d => d.Contains("kind: Role\n") && d.Contains("namespace: apps") && d.Contains("- things\n") && !d.Contains("nodes"));
    }

    [Fact]
    public void Every_call_of_the_typed_client_has_its_rights()
    {
        var calls = typeof(ResourceClient<>).GetMethods().Concat(typeof(ResourceClientExtensions).GetMethods()).Concat(typeof(PodExtensions).GetMethods())
            .Select(static m => m.Name).Where(static n => n.EndsWith("Async", StringComparison.Ordinal)).Distinct();
        calls.Where(static c => Symbols.ClientCalls.OfClient(c) is null).ShouldBeEmpty();
    }

    [Fact]
    public void Calls_on_other_things_are_no_rights()
    {
        var rbac = Rbac("public async Task Other(System.Net.Http.HttpClient http) { await http.GetAsync(\"http://localhost\"); await http.DeleteAsync(\"http://localhost\"); }");
        rbac.ShouldNotContain("- delete");
    }

    private const string Usings = "using OperatorKit; using OperatorKit.Client; using OperatorKit.Models;\n";

    private static string Rbac(string body, string types = "", string attributes = "") => GeneratorRun.Of((Usings + Analysis.Handler(body, attributes) + types)
            .Replace("class ThingOperator", "class ThingOperator(KubernetesClient kubernetes, ThingClient things)", StringComparison.Ordinal))
        .Manifests()["rbac.yaml"];

    /// <summary>What the operator's role allows on a resource, over all its rules.</summary>
    private static IEnumerable<string> Verbs(string rbac, string group, string resource) => rbac.Split("---\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(static document => Yaml.Deserialize<Dictionary<string, object>>(document))
        .Where(static role => role.ContainsKey("rules"))
        .SelectMany(static role => (List<object>)role["rules"]).Cast<Dictionary<object, object>>()
        .Where(rule => Texts(rule, "apiGroups").Contains(group) && Texts(rule, "resources").Contains(resource))
        .SelectMany(static rule => Texts(rule, "verbs"))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(Dictionary<object, object> rule, string name) => rule.TryGetValue(name, out var list) ? ((List<object>)list).Cast<string>() : [];
}
