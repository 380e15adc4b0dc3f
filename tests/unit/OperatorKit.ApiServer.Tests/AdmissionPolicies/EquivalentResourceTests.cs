using System.Text;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Tests.Webhooks;

namespace OperatorKit.ApiServer.Tests.AdmissionPolicies;

/// <summary>
/// Rules that name another version of a resource, or the Events of the other group, which are the same objects. The answers are
/// those of a real kube-apiserver.
/// </summary>
public sealed class EquivalentResourceTests
{
    private const string Core = "/api/v1/namespaces/default/events";
    private const string Events = "/apis/events.k8s.io/v1/namespaces/default/events";
    private const string Admission = "/apis/admissionregistration.k8s.io/v1";

    private const string CoreEvent = """
        {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","namespace":"default","name":"x"},"message":"hello","reason":"Why","type":"Normal",
         "reportingComponent":"me","reportingInstance":"i","action":"act","source":{"component":"me"}}
        """;

    private const string NewEvent = """
        {"metadata":{"name":"e"},"eventTime":"2024-01-01T00:00:00.000000Z","regarding":{"kind":"Pod","namespace":"default","name":"x"},"note":"hello","reason":"Why",
         "type":"Normal","reportingController":"k.io/me","reportingInstance":"i","action":"act"}
        """;

    [Theory]
    [InlineData("events.k8s.io", "Equivalent", Core, "events.k8s.io/v1 hello of events.k8s.io for")]
    [InlineData("events.k8s.io", "Equivalent", Events, "events.k8s.io/v1 hello of events.k8s.io for events.k8s.io events.k8s.io")]
    [InlineData("", "Equivalent", Core, "v1 hello of  for")]
    [InlineData("", "Equivalent", Events, "v1 hello of  for events.k8s.io events.k8s.io")]
    [InlineData("events.k8s.io", "Exact", Core, null)]
    public async Task A_policy_for_the_events_of_one_group_sees_those_of_the_other_as_its_own(string group, string matchPolicy, string path, string? seen)
    {
        await using var cluster = await Cluster.StartAsync();
        var message = Text($"object.apiVersion + ' ' + object.{(group.Length == 0 ? "message" : "note")} + ' of ' + request.resource.group + ' for ' + request.requestResource.group + ' ' + request.requestKind.group");
        await BoundAsync(cluster, "validating", $$"""'matchConstraints':{'matchPolicy':'{{matchPolicy}}',{{Rules(group, "v1", "events")}}},'validations':[{'expression':'false','messageExpression':'{{message}}'}]""");

        var answer = await cluster.PostAsync(path, path == Core ? CoreEvent : NewEvent);

        (answer.StringAt("kind") == "Status" ? answer.StringAt("message")!.Split("denied request: ")[1] : null).ShouldBe(seen);
    }

    [Theory]
    [InlineData(Core, "v1.Event is not suitable for converting to \"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"")]
    [InlineData(Events, null)]
    public async Task A_mutation_of_the_events_of_the_other_group_is_refused(string path, string? refusal)
    {
        await using var cluster = await Cluster.StartAsync();
        await BoundAsync(cluster, "mutating", $$$"""'reinvocationPolicy':'Never','matchConstraints':{{{{Rules("events.k8s.io", "v1", "events")}}}},'mutations':[{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':'{{{Text("Object{note: 'seen'}")}}}'}}]""");

        var answer = await cluster.PostAsync(path, path == Core ? CoreEvent : NewEvent);

        (refusal is null ? answer.StringAt("note") : answer.StringAt("message")).ShouldBe(refusal is null ? "seen" : $"policy 'p' with binding 'p' denied request: {refusal}");
    }

    [Theory]
    [InlineData("v1", null)]
    [InlineData("v2", "policy 'p' with binding 'p' denied request: converting (v1.HorizontalPodAutoscaler) to (v2.HorizontalPodAutoscaler): unknown conversion")]
    public async Task A_mutation_in_another_version_of_a_built_in_kind_is_refused(string version, string? refusal)
    {
        await using var cluster = await Cluster.StartAsync();
        await BoundAsync(cluster, "mutating", $$$"""'reinvocationPolicy':'Never','matchConstraints':{{{{Rules("autoscaling", "v1", "horizontalpodautoscalers")}}}},'mutations':[{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':'Object{spec: Object.spec{maxReplicas: 7}}'}}]""");

        var answer = await cluster.PostAsync($"/apis/autoscaling/{version}/namespaces/default/horizontalpodautoscalers", "{'metadata':{'name':'h'},'spec':{'maxReplicas':3,'scaleTargetRef':{'kind':'Deployment','name':'x','apiVersion':'apps/v1'}}}");

        answer.StringAt("message").ShouldBe(refusal);
        answer.LongAt("spec", "maxReplicas").ShouldBe(refusal is null ? 7 : null);
    }

    [Fact]
    public async Task A_webhook_for_the_events_of_one_group_sees_and_changes_those_of_the_other()
    {
        JsonObject? seen = null;
        await using var hook = await HookServer.StartAsync(asked =>
        {
            seen = asked;
            var patch = Convert.ToBase64String(Encoding.UTF8.GetBytes("""[{"op":"replace","path":"/note","value":"patched"}]"""));
            return JsonObject.Of(("allowed", true), ("patchType", "JSONPatch"), ("patch", patch));
        });
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync($"{Admission}/mutatingwebhookconfigurations", $$"""{'metadata':{'name':'hook'},'webhooks':[{'name':'hook.example.com','clientConfig':{'url':'{{hook.Url}}/x','caBundle':'{{hook.CaBundle}}'},'rules':[{{Rule("events.k8s.io", "v1", "events")}}],'sideEffects':'None','admissionReviewVersions':['v1']}]}""");

        (await cluster.PostAsync(Core, CoreEvent)).StringAt("message").ShouldBe("patched");

        (seen!.StringAt("object", "apiVersion"), seen.StringAt("object", "regarding", "name")).ShouldBe(("events.k8s.io/v1", "x"));
        (seen.StringAt("kind", "group"), seen.StringAt("resource", "group"), seen.StringAt("requestKind", "group"), seen.StringAt("requestResource", "group")).ShouldBe(("events.k8s.io", "events.k8s.io", "", ""));
    }

    private static async Task BoundAsync(Cluster cluster, string what, string spec)
    {
        await cluster.PostAsync($"{Admission}/{what}admissionpolicies", $"{{'metadata':{{'name':'p'}},'spec':{{{spec}}}}}");
        var actions = what == "validating" ? ",'validationActions':['Deny']" : "";
        await cluster.PostAsync($"{Admission}/{what}admissionpolicybindings", $"{{'metadata':{{'name':'p'}},'spec':{{'policyName':'p'{actions}}}}}");
    }

    private static string Rules(string group, string version, string resource) => $"'resourceRules':[{Rule(group, version, resource)}]";

    private static string Rule(string group, string version, string resource) => $"{{'apiGroups':['{group}'],'apiVersions':['{version}'],'operations':['CREATE'],'resources':['{resource}']}}";

    /// <summary>An expression inside JSON; its quotes stay single.</summary>
    private static string Text(string expression) => expression.Replace("'", "\\u0027", StringComparison.Ordinal);
}
