using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Authorization;

public sealed class AccessTests : IDisposable
{
    private const string Core = "/api/v1/namespaces/default";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private const string Group = "'apiGroup':'rbac.authorization.k8s.io'";

    private readonly string _tokens = Path.GetTempFileName();

    public AccessTests() => File.WriteAllText(_tokens, "root,admin,1,\"system:masters\"\nalice,alice,2,\"dev\"\n");

    public void Dispose() => File.Delete(_tokens);

    [Fact]
    public async Task Without_a_token_file_everybody_may_do_everything()
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.GetAsync($"{Core}/secrets")).StringAt("kind").ShouldBe("SecretList");
    }

    [Fact]
    public async Task An_unknown_token_is_not_the_same_as_none()
    {
        await using var cluster = await StartAsync();

        (await cluster.GetAsync($"{Core}/secrets", "guess")).LongAt("code").ShouldBe(401);
        (await cluster.GetAsync($"{Core}/secrets")).StringAt("message")
            .ShouldBe("secrets is forbidden: User \"system:anonymous\" cannot list resource \"secrets\" in API group \"\" in the namespace \"default\"");
    }

    [Fact]
    public async Task A_role_binding_allows_what_its_role_says_and_the_review_tells_why()
    {
        await using var cluster = await StartAsync();
        await GrantAsync(cluster, "{'apiGroups':[''],'resources':['configmaps'],'resourceNames':['mine'],'verbs':['get']}");

        (await cluster.GetAsync($"{Core}/configmaps/mine", "alice")).LongAt("code").ShouldBe(404);
        (await cluster.GetAsync($"{Core}/configmaps/other", "alice")).LongAt("code").ShouldBe(403);
        var review = await cluster.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{'apiVersion':'authorization.k8s.io/v1','kind':'SelfSubjectAccessReview','spec':{'resourceAttributes':{'namespace':'default','verb':'get','resource':'configmaps','name':'mine'}}}", "alice");
        review.ObjectAt("status")!.ShouldBe(Document.Object("{'allowed':true,'reason':'RBAC: allowed by RoleBinding \\'b/default\\' of Role \\'r\\' to Group \\'dev\\''}"));
    }

    [Fact]
    public async Task A_refusal_names_the_roles_that_bindings_name_and_that_there_are_not()
    {
        await using var cluster = await StartAsync();
        await cluster.PostAsync($"{Rbac}/namespaces/default/rolebindings", $"{{'metadata':{{'name':'b'}},'roleRef':{{{Group},'kind':'Role','name':'nope'}},'subjects':[{{{Group},'kind':'User','name':'alice'}}]}}", "root");
        const string Refused = "configmaps is forbidden: User \"alice\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\": RBAC: ";

        (await cluster.GetAsync($"{Core}/configmaps", "alice")).StringAt("message").ShouldBe($"{Refused}role.rbac.authorization.k8s.io \"nope\" not found");
        await cluster.PostAsync($"{Rbac}/clusterrolebindings", $"{{'metadata':{{'name':'b'}},'roleRef':{{{Group},'kind':'ClusterRole','name':'none'}},'subjects':[{{{Group},'kind':'User','name':'alice'}}]}}", "root");
        (await cluster.GetAsync($"{Core}/configmaps", "alice")).StringAt("message")
            .ShouldBe($"{Refused}[clusterrole.rbac.authorization.k8s.io \"none\" not found, role.rbac.authorization.k8s.io \"nope\" not found]");
    }

    [Fact]
    public async Task Nobody_grants_more_than_they_have()
    {
        await using var cluster = await StartAsync();
        await GrantAsync(cluster, "{'apiGroups':['rbac.authorization.k8s.io'],'resources':['roles'],'verbs':['create']},{'apiGroups':[''],'resources':['pods'],'verbs':['get','list']}");

        (await NewRoleAsync("held", "'pods'")).StringAt("kind").ShouldBe("Role");
        (await NewRoleAsync("more", "'pods','secrets'")).StringAt("message").ShouldEndWith(
            "is attempting to grant RBAC permissions not currently held:\n{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\"]}");

        Task<JsonObject> NewRoleAsync(string name, string resources) => cluster.PostAsync($"{Rbac}/namespaces/default/roles",
            $"{{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'Role','metadata':{{'name':'{name}'}},'rules':[{{'apiGroups':[''],'resources':[{resources}],'verbs':['get']}}]}}", "alice");
    }

    [Fact]
    public async Task An_aggregated_role_takes_in_the_rules_of_new_parts()
    {
        await using var cluster = await StartAsync();

        await cluster.PostAsync($"{Rbac}/clusterroles",
            "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRole','metadata':{'name':'widgets','labels':{'rbac.authorization.k8s.io/aggregate-to-view':'true'}},"
            + "'rules':[{'apiGroups':['example.com'],'resources':['widgets'],'verbs':['get']}]}", "root");
        await cluster.SettleAsync();

        (await cluster.GetAsync($"{Rbac}/clusterroles/admin", "root")).ArrayAt("rules")!.Items
            .ShouldContain(Document.Object("{'apiGroups':['example.com'],'resources':['widgets'],'verbs':['get']}"));
    }

    [Fact]
    public async Task A_service_account_token_is_good_until_it_expires()
    {
        await using var cluster = await StartAsync();
        var token = await TokenAsync(cluster);

        (await WhoAmIAsync(cluster, token)).StringAt("status", "userInfo", "username").ShouldBe("system:serviceaccount:default:default");
        cluster.Time.Advance(TimeSpan.FromSeconds(601));

        (await WhoAmIAsync(cluster, token)).LongAt("code").ShouldBe(401);
    }

    [Fact]
    public async Task A_service_account_token_ends_with_its_account()
    {
        await using var cluster = await StartAsync();
        var token = await TokenAsync(cluster);

        await cluster.SendAsync("DELETE", $"{Core}/serviceaccounts/default", token: "root");
        await cluster.SettleAsync();

        (await cluster.GetAsync($"{Core}/serviceaccounts/default", "root")).Name.ShouldBe("default");
        (await WhoAmIAsync(cluster, token)).LongAt("code").ShouldBe(401);
    }

    [Fact]
    public async Task A_token_with_a_changed_payload_is_refused()
    {
        await using var cluster = await StartAsync();
        var parts = (await TokenAsync(cluster)).Split('.');
        var forged = Convert.ToBase64String("{\"sub\":\"system:serviceaccount:kube-system:default\"}"u8).TrimEnd('=');

        (await WhoAmIAsync(cluster, $"{parts[0]}.{forged}.{parts[2]}")).LongAt("code").ShouldBe(401);
    }

    [Fact]
    public async Task An_administrator_may_be_taken_for_somebody_else()
    {
        await using var cluster = await StartAsync();

        var answer = await cluster.SendAsync("GET", $"{Core}/pods", token: "root", headers: [("Impersonate-User", "carol")]);
        answer.StringAt("message")!.ShouldContain("User \"carol\" cannot list");
        answer = await cluster.SendAsync("GET", $"{Core}/pods", token: "alice", headers: [("Impersonate-User", "admin")]);
        answer.StringAt("message")!.ShouldContain("User \"alice\" cannot impersonate-on:user-info:list");
    }

    private Task<Cluster> StartAsync() => Cluster.StartAsync(tokenFile: _tokens);

    private static async Task GrantAsync(Cluster cluster, string rules)
    {
        await cluster.PostAsync($"{Rbac}/namespaces/default/roles", $"{{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'Role','metadata':{{'name':'r'}},'rules':[{rules}]}}", "root");
        await cluster.PostAsync($"{Rbac}/namespaces/default/rolebindings",
            $"{{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'RoleBinding','metadata':{{'name':'b'}},'roleRef':{{'kind':'Role','name':'r',{Group}}},'subjects':[{{'kind':'Group','name':'dev',{Group}}}]}}", "root");
    }

    private static async Task<string> TokenAsync(Cluster cluster) => (await cluster.PostAsync($"{Core}/serviceaccounts/default/token",
        "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{'expirationSeconds':600}}", "root")).StringAt("status", "token")!;

    private static Task<JsonObject> WhoAmIAsync(Cluster cluster, string token) =>
        cluster.PostAsync("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{'apiVersion':'authentication.k8s.io/v1','kind':'SelfSubjectReview'}", token);
}
