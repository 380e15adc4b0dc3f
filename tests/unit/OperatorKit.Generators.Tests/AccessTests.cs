using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class AccessTests
{
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
        rbac.ShouldContain(Rule("", "configmaps", "create", "patch"));
        rbac.ShouldContain(Rule("", "pods", "list"));
        rbac.ShouldContain(Rule("", "secrets", "get"));
        rbac.ShouldContain(Rule("batch", "jobs", "delete"));
        rbac.ShouldContain(Rule("example.com", "things/scale", "get"));
    }

    [Fact]
    public void Calls_on_other_things_are_no_rights()
    {
        var rbac = Rbac("public async Task Other(System.Net.Http.HttpClient http) { await http.GetAsync(\"http://localhost\"); await http.DeleteAsync(\"http://localhost\"); }");
        rbac.ShouldNotContain("- delete");
    }

    private static string Rbac(string body) => GeneratorRun.Of(Analysis.Handler(body)
            .Insert(0, "using OperatorKit; using OperatorKit.Client; using OperatorKit.Models;\n")
            .Replace("class ThingOperator", "class ThingOperator(KubernetesClient kubernetes, ThingClient things)", StringComparison.Ordinal))
        .Manifests()["rbac.yaml"];

    private static string Rule(string group, string resource, params string[] verbs)
        => $"- apiGroups:\n  - {(group.Length == 0 ? "''" : group)}\n  resources:\n  - {resource}\n  verbs:\n{string.Concat(verbs.Select(static v => $"  - {v}\n"))}";
}
