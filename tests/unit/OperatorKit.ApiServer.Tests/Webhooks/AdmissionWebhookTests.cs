using System.Text;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Webhooks;

public sealed class AdmissionWebhookTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task A_mutating_webhook_changes_the_object_before_it_is_stored()
    {
        await using var hook = await HookServer.StartAsync(static _ => Patch("[{'op':'add','path':'/data','value':{'injected':'yes'}}]"));
        await using var cluster = await Cluster.StartAsync();
        await ConfigureAsync(cluster, "Mutating", $"'url':'{hook.Url}/x','caBundle':'{hook.CaBundle}'");

        (await CreateAsync(cluster)).StringAt("data", "injected").ShouldBe("yes");
        (await cluster.GetAsync($"{ConfigMaps}/a")).StringAt("data", "injected").ShouldBe("yes");
    }

    [Fact]
    public async Task A_validating_webhook_says_no_in_its_own_words()
    {
        JsonObject? seen = null;
        await using var hook = await HookServer.StartAsync(asked =>
        {
            seen = asked;
            return Document.Object("{'allowed':false,'status':{'code':403,'reason':'Forbidden','message':'not today'}}");
        });
        await using var cluster = await Cluster.StartAsync();
        await ConfigureAsync(cluster, "Validating", $"'url':'{hook.Url}/x','caBundle':'{hook.CaBundle}'");

        var refused = await CreateAsync(cluster);

        (refused.LongAt("code"), refused.StringAt("message")).ShouldBe((403, "admission webhook \"hook.example.com\" denied the request: not today"));
        (seen!.StringAt("operation"), seen.StringAt("userInfo", "username"), seen.StringAt("object", "metadata", "name")).ShouldBe(("CREATE", "admin", "a"));
        (await cluster.GetAsync($"{ConfigMaps}/a")).LongAt("code").ShouldBe(404);
    }

    [Fact]
    public async Task A_webhook_sees_the_version_that_its_rules_name_whatever_the_client_wrote()
    {
        const string version = "'served':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','properties':{'x':{'type':'string'}}}}}}";
        JsonObject? seen = null;
        await using var hook = await HookServer.StartAsync(asked =>
        {
            seen = asked;
            return Patch("[{'op':'replace','path':'/spec/x','value':'patched'}]");
        });
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", $"{{'metadata':{{'name':'widgets.e.com'}},'spec':{{'group':'e.com','scope':'Namespaced','names':{{'plural':'widgets','kind':'Widget'}},'versions':[{{'name':'v1','storage':true,{version}}},{{'name':'v2','storage':false,{version}}}]}}}}");
        await cluster.SettleAsync();
        await cluster.PostAsync("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", $"{{'metadata':{{'name':'hook'}},'webhooks':[{{'name':'hook.example.com','clientConfig':{{'url':'{hook.Url}/x','caBundle':'{hook.CaBundle}'}},'rules':[{{'apiGroups':['e.com'],'apiVersions':['v1'],'operations':['CREATE'],'resources':['widgets']}}],'sideEffects':'None','admissionReviewVersions':['v1']}}]}}");

        var made = await cluster.PostAsync("/apis/e.com/v2/namespaces/default/widgets", "{'apiVersion':'e.com/v2','kind':'Widget','metadata':{'name':'w'},'spec':{'x':'written'}}");

        (made.StringAt("apiVersion"), made.StringAt("spec", "x")).ShouldBe(("e.com/v2", "patched"));
        (seen!.StringAt("object", "apiVersion"), seen.StringAt("kind", "version"), seen.StringAt("resource", "version")).ShouldBe(("e.com/v1", "v1", "v1"));
        (seen.StringAt("requestKind", "version"), seen.StringAt("requestResource", "version")).ShouldBe(("v2", "v2"));
    }

    [Fact]
    public async Task A_service_is_found_where_the_test_says()
    {
        await using var hook = await HookServer.StartAsync(static _ => Document.Object("{'allowed':false}"));
        await using var cluster = await Cluster.StartAsync(configure: options => options with { ResolveService = (ns, name, port) => (ns, name, port) == ("default", "hook", 443) ? new Uri(hook.Url) : null });
        await ConfigureAsync(cluster, "Validating", $"'service':{{'namespace':'default','name':'hook'}},'caBundle':'{hook.CaBundle}'");

        (await CreateAsync(cluster)).StringAt("message").ShouldBe("admission webhook \"hook.example.com\" denied the request without explanation");
    }

    [Theory]
    [InlineData("Fail", 500)]
    [InlineData("Ignore", null)]
    public async Task A_webhook_that_cannot_be_reached_counts_by_its_failure_policy(string policy, int? code)
    {
        await using var cluster = await Cluster.StartAsync();
        await ConfigureAsync(cluster, "Validating", "'url':'https://127.0.0.1:1/x'", $",'failurePolicy':'{policy}'");

        var answer = await CreateAsync(cluster);

        answer.LongAt("code").ShouldBe(code);
        if (code is not null)
            answer.StringAt("message")!.ShouldEndWith("Post \"https://127.0.0.1:1/x?timeout=10s\": dial tcp 127.0.0.1:1: connect: connection refused");
    }

    [Fact]
    public async Task A_certificate_of_somebody_else_is_not_trusted()
    {
        await using var hook = await HookServer.StartAsync(static _ => Document.Object("{'allowed':true}"));
        await using var other = await HookServer.StartAsync(static _ => Document.Object("{'allowed':true}"));
        await using var cluster = await Cluster.StartAsync();
        await ConfigureAsync(cluster, "Validating", $"'url':'{hook.Url}/x','caBundle':'{other.CaBundle}'");

        (await CreateAsync(cluster)).StringAt("message")!.ShouldContain("tls: failed to verify certificate");
    }

    [Fact]
    public async Task A_webhook_has_to_say_whether_it_has_side_effects()
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await cluster.PostAsync("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
            "{'metadata':{'name':'c'},'webhooks':[{'name':'hook.example.com','admissionReviewVersions':['v1'],'clientConfig':{'url':'https://127.0.0.1:1/x'}}]}");

        refused.StringAt("message")!.ShouldContain("webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun");
    }

    private static JsonObject Patch(string patch) => JsonObject.Of(
        ("allowed", true),
        ("patchType", "JSONPatch"),
        ("patch", Convert.ToBase64String(Encoding.UTF8.GetBytes(Document.Parse(patch).ToString()))));

    private static async Task ConfigureAsync(Cluster cluster, string kind, string client, string extra = "")
    {
        var configuration = await cluster.PostAsync($"/apis/admissionregistration.k8s.io/v1/{kind.ToLowerInvariant()}webhookconfigurations",
            $"{{'apiVersion':'admissionregistration.k8s.io/v1','kind':'{kind}WebhookConfiguration','metadata':{{'name':'c'}},'webhooks':[{{'name':'hook.example.com','admissionReviewVersions':['v1'],"
            + $"'sideEffects':'None','clientConfig':{{{client}}},'rules':[{{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['configmaps']}}]{extra}}}]}}");
        configuration.Name.ShouldBe("c", configuration.ToString());
    }

    private static Task<JsonObject> CreateAsync(Cluster cluster) =>
        cluster.PostAsync(ConfigMaps, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'}}");
}
