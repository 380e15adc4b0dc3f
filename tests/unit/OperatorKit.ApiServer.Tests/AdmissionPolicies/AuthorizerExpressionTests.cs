using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.AdmissionPolicies;

/// <summary>What expressions ask the authorizer. The answers are those of a real kube-apiserver.</summary>
public sealed class AuthorizerExpressionTests : IDisposable
{
    private const string Admission = "/apis/admissionregistration.k8s.io/v1";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Denied = "configmaps \"q\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: ";

    private readonly string _tokens = Path.GetTempFileName();

    public AuthorizerExpressionTests() => File.WriteAllText(_tokens, "root,admin,1,\"system:masters\"\nalice,alice,2,\"dev\"\n");

    public void Dispose() => File.Delete(_tokens);

    [Theory]
    [InlineData("authorizer.path('/healthz').check('get').allowed()", "", "")]
    [InlineData("authorizer.path('/nope').check('get').allowed()", "no", "")]
    [InlineData("authorizer.group('').resource('configmaps').namespace('default').check('create').allowed()", "", "")]
    [InlineData("authorizer.group('').resource('configmaps').check('create').allowed()", "no", "")]
    [InlineData("authorizer.group('').resource('configmaps').subresource('status').namespace('default').name('q').fieldSelector('a=b').labelSelector('!!').check('create').allowed()", "no", "")]
    [InlineData("authorizer.group('').resource('configmaps').namespace('default').labelSelector('!!').check('create').allowed()", "", "")]
    [InlineData("authorizer.requestResource.check('create').allowed()", "", "")]
    [InlineData("authorizer.requestResource.check('delete').allowed()", "no", "")]
    [InlineData("authorizer.requestResource.check('create').reason() == 'RBAC: allowed by RoleBinding \"b/default\" of Role \"r\" to User \"alice\"'", "", "no")]
    [InlineData("!authorizer.requestResource.check('create').errored() && authorizer.requestResource.check('create').error() == ''", "", "")]
    [InlineData("authorizer.serviceAccount('default', 'builder').group('').resource('pods').namespace('default').check('list').allowed()", "no", "no")]
    [InlineData("authorizer.serviceAccount('default', 'builder').group('').resource('configmaps').namespace('default').check('create').allowed()", "", "")]
    [InlineData("[authorizer.path('/healthz')].all(x, x.check('get').allowed())", "", "")]
    [InlineData("dyn(authorizer).path('/nope').check('get').allowed()", "no", "")]
    [InlineData("variables.decision.allowed()", "", "")]
    [InlineData("authorizer.path('/a').check('get').allowed() || authorizer.path('/b').check('get').allowed()", "no", "")]
    public async Task The_authorizer_answers_for_the_user_of_the_request(string expression, string alice, string root)
    {
        await using var cluster = await StartAsync();
        await PolicyAsync(cluster, $$"""{'validations':[{'expression':{{Text(expression)}},'message':'no'}],'variables':[{'name':'decision','expression':{{Text("authorizer.path('/healthz').check('get')")}}}]}""");

        (await CreateAsync(cluster, "alice")).ShouldBe(alice.Length == 0 ? null : Denied + alice);
        (await CreateAsync(cluster, "root")).ShouldBe(root.Length == 0 ? null : Denied + root);
    }

    [Theory]
    [InlineData("authorizer.path(' ').check('get').allowed()", "path must not be empty")]
    [InlineData("authorizer.group('').resource('').check('get').allowed()", "resource must not be empty")]
    [InlineData("authorizer.serviceAccount('default', 'Bad').path('/x').check('get').allowed()", "Invalid service account name")]
    [InlineData("authorizer.serviceAccount('a.b', 'good').path('/x').check('get').allowed()", "Invalid service account namespace")]
    [InlineData("authorizer == authorizer", "no such overload")]
    [InlineData("object.metadata.name.check('x').allowed()", "no such overload: check(string, string)")]
    [InlineData("[1, 2, 3].all(x, !authorizer.path('/a').check('get').allowed())", "operation cancelled: actual cost limit exceeded")]
    public async Task A_question_that_cannot_be_put_is_an_error(string expression, string error)
    {
        await using var cluster = await StartAsync();
        await PolicyAsync(cluster, $$"""{'validations':[{'expression':{{Text(expression)}}}]}""");

        (await CreateAsync(cluster, "alice")).ShouldBe($"{Denied}expression '{expression}' resulted in error: {error}");
    }

    [Theory]
    [InlineData("authorizer.foo", "1:11: unexpected failed resolution of 'kubernetes.authorization.Authorizer'")]
    [InlineData("has(authorizer.requestResource)", "1:4: unexpected failed resolution of 'kubernetes.authorization.Authorizer'")]
    [InlineData("authorizer.path(1)", "1:16: found no matching overload for 'path' applied to 'kubernetes.authorization.Authorizer.(int)'")]
    [InlineData("authorizer.group('x').check('get').allowed()", "1:28: found no matching overload for 'check' applied to 'kubernetes.authorization.GroupCheck.(string)'")]
    [InlineData("authorizer.path('/x')", "must evaluate to bool but got kubernetes.authorization.PathCheck")]
    public async Task A_question_that_is_none_is_refused_with_its_place(string expression, string problem)
    {
        await using var cluster = await StartAsync();

        (await PolicyAsync(cluster, $$"""{'validations':[{'expression':{{Text(expression)}}}]}""")).StringAt("message")!.ShouldContain(problem);
    }

    [Fact]
    public async Task A_message_and_an_annotation_are_made_without_the_authorizer()
    {
        await using var cluster = await StartAsync();
        (await PolicyAsync(cluster, "{'validations':[{'expression':'false','messageExpression':'authorizer.foo()'}]}")).StringAt("message")!.ShouldContain("undeclared reference to 'authorizer'");

        await PolicyAsync(cluster, $$"""{'validations':[{'expression':'false','messageExpression':'variables.d','message':'fixed'}],'variables':[{'name':'d','expression':{{Text("authorizer.path('/x').check('get').reason()")}}}]}""");
        (await CreateAsync(cluster, "alice")).ShouldBe(Denied + "fixed");
    }

    [Theory]
    [InlineData("Fail", "authorizer.path('/x').check('get').reason()", "no such attribute(s): authorizer")]
    [InlineData("Fail", "authorizer.requestResource.check('get').reason()", "no such attribute(s): authorizer.requestResource")]
    [InlineData("Fail", "string(object.none)", "no such key: none")]
    [InlineData("Ignore", "string(object.none)", null)]
    public async Task A_write_whose_annotation_cannot_be_made_is_refused_even_where_the_binding_only_warns(string failurePolicy, string expression, string? error)
    {
        await using var cluster = await StartAsync();
        await PolicyAsync(cluster, $$"""{'failurePolicy':'{{failurePolicy}}','auditAnnotations':[{'key':'k','valueExpression':{{Text(expression)}}}]}""", "Warn");

        (await CreateAsync(cluster, "alice")).ShouldBe(error is null ? null : $"{Denied}expression '{expression}' resulted in error: {error}");
    }

    [Theory]
    [InlineData("create", Denied + "met", Denied + "met")]
    [InlineData("delete", null, Denied + "met")]
    public async Task A_match_condition_may_ask_the_authorizer(string verb, string? alice, string root)
    {
        await using var cluster = await StartAsync();
        await PolicyAsync(cluster, $$"""{'matchConditions':[{'name':'c','expression':{{Text($"authorizer.requestResource.check('{verb}').allowed()")}}}],'validations':[{'expression':'false','message':'met'}]}""");

        (await CreateAsync(cluster, "alice")).ShouldBe(alice);
        (await CreateAsync(cluster, "root")).ShouldBe(root);
    }

    [Fact]
    public async Task A_variable_that_no_expression_uses_costs_nothing_and_one_that_costs_too_much_is_an_error()
    {
        const string threeChecks = "authorizer.path('/1').check('get').allowed() || authorizer.path('/2').check('get').allowed() || authorizer.path('/3').check('get').allowed()";
        await using var cluster = await StartAsync();
        await PolicyAsync(cluster, $$"""{'variables':[{'name':'a','expression':{{Text(threeChecks)}}}],'validations':[{'expression':{{Text("object.metadata.name == 'free' || variables.a")}}}]}""");

        (await CreateAsync(cluster, "alice", "free")).ShouldBeNull();
        (await CreateAsync(cluster, "alice"))!.ShouldEndWith("composited variable \"a\" fails to evaluate: operation cancelled: actual cost limit exceeded");
    }

    [Fact]
    public async Task A_mutation_may_ask_the_authorizer()
    {
        await using var cluster = await StartAsync();
        await cluster.PostAsync($"{Admission}/mutatingadmissionpolicies", $$$"""
            {'apiVersion':'admissionregistration.k8s.io/v1','kind':'MutatingAdmissionPolicy','metadata':{'name':'m'},'spec':{'reinvocationPolicy':'Never',
             'matchConstraints':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['configmaps']}]},
             'mutations':[{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':{{{Text("Object{data: {'may': string(authorizer.requestResource.check('delete').allowed())}}")}}}}}]}}
            """, "root");
        await cluster.PostAsync($"{Admission}/mutatingadmissionpolicybindings", "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'MutatingAdmissionPolicyBinding','metadata':{'name':'m'},'spec':{'policyName':'m'}}", "root");

        (await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'}}", "alice")).StringAt("data", "may").ShouldBe("false");
        (await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'b'}}", "root")).StringAt("data", "may").ShouldBe("true");
    }

    private async Task<Cluster> StartAsync()
    {
        var cluster = await Cluster.StartAsync(tokenFile: _tokens);
        const string role = "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind'";
        const string users = "'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'alice'},{'kind':'ServiceAccount','namespace':'default','name':'builder'}]";
        await cluster.PostAsync($"{Rbac}/namespaces/default/roles", "{'metadata':{'name':'r'},'rules':[{'verbs':['create','get'],'apiGroups':[''],'resources':['configmaps']}]}", "root");
        await cluster.PostAsync($"{Rbac}/namespaces/default/rolebindings", $"{{'metadata':{{'name':'b'}},{role}:'Role','name':'r'}},{users}}}", "root");
        await cluster.PostAsync($"{Rbac}/clusterroles", "{'metadata':{'name':'c'},'rules':[{'verbs':['get'],'nonResourceURLs':['/healthz']}]}", "root");
        await cluster.PostAsync($"{Rbac}/clusterrolebindings", $"{{'metadata':{{'name':'c'}},{role}:'ClusterRole','name':'c'}},{users}}}", "root");
        return cluster;
    }

    private static async Task<JsonObject> PolicyAsync(Cluster cluster, string spec, string action = "Deny")
    {
        const string constraints = "'matchConstraints':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['configmaps']}]},";
        var made = await cluster.PostAsync($"{Admission}/validatingadmissionpolicies",
            $"{{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicy','metadata':{{'name':'p'}},'spec':{{{constraints}{spec.TrimStart()[1..]}}}", "root");
        await cluster.PostAsync($"{Admission}/validatingadmissionpolicybindings",
            $"{{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicyBinding','metadata':{{'name':'p'}},'spec':{{'policyName':'p','validationActions':['{action}']}}}}", "root");
        return made;
    }

    /// <summary>The message of the refusal, or null.</summary>
    private static async Task<string?> CreateAsync(Cluster cluster, string user, string name = "q")
    {
        var answer = await cluster.PostAsync($"{ConfigMaps}?dryRun=All", $"{{'metadata':{{'name':'{name}'}}}}", user);
        return answer.StringAt("kind") == "Status" ? answer.StringAt("message") : null;
    }

    /// <summary>An expression as JSON text; inside it the quotes stay single.</summary>
    private static string Text(string expression) => $"'{expression.Replace("\"", "\\u0022", StringComparison.Ordinal).Replace("'", "\\u0027", StringComparison.Ordinal)}'";
}
