using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Tests.Webhooks;

namespace OperatorKit.ApiServer.Tests.AdmissionPolicies;

public sealed class MutatingPolicyTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Admission = "/apis/admissionregistration.k8s.io/v1";

    [Theory]
    [InlineData("Object{data: {'a': object.metadata.name}}", "{'a':'m','k':'v'}")]
    [InlineData("Object{data: Object.data{a: request.operation}}", "{'a':'CREATE','k':'v'}")]
    [InlineData("Object{data: {?'a': object.?data.?k, ?'b': object.?data.?none}}", "{'a':'v','k':'v'}")]
    [InlineData("Object{}", "{'k':'v'}")]
    [InlineData("[JSONPatch{op: 'add', path: '/data/a', value: object.data.k}]", "{'a':'v','k':'v'}")]
    [InlineData("[JSONPatch{op: 'replace', path: '/data', value: Object.data{k: 'w'}}]", "{'k':'w'}")]
    [InlineData("[JSONPatch{op: 'move', from: '/data/k', path: '/data/' + jsonpatch.escapeKey('a~b').replace('~0', '-')}]", "{'a-b':'v'}")]
    [InlineData("[JSONPatch{op: 'test', path: '/data/k', value: 'w'}, JSONPatch{op: 'add', path: '/data/a', value: 'b'}]", "{'k':'v'}")]
    [InlineData("[JSONPatch{op: 'test', path: '/data/a', value: null}, JSONPatch{op: 'add', path: '/data/a', value: 'b'}]", "{'k':'v'}")]
    [InlineData("!has(object.data) ? [] : ['a', 'b'].map(x, JSONPatch{op: 'add', path: '/data/' + x, value: x})", "{'a':'a','b':'b','k':'v'}")]
    public async Task A_mutation_changes_what_is_written(string expression, string data)
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, "p", Mutation(expression));

        (await CreateAsync(cluster)).ObjectAt("data").ShouldBe(Document.Object(data));
    }

    [Theory]
    [InlineData("Object{spec: Object.spec{a: 1}}", "error applying patch: failed to convert patch object to typed object: .spec: field not declared in schema")]
    [InlineData("Object{data: null}", "error applying patch: failed to convert patch object to typed object: .data: expected map, got &{NULL_VALUE}")]
    [InlineData("Object{metadata: Object.spec{labels: {'a': 'b'}}}", "type mismatch: unexpected type name \"Object.spec\", expected \"Object.metadata\", which matches field name path from root Object type")]
    [InlineData("Object{data: {'a': object.data.none}}", "expression 'Object{data: {'a': object.data.none}}' resulted in error: no such key: none")]
    [InlineData("[JSONPatch{op: 'add', path: '/none/x', value: 'v'}]", "JSON Patch: add operation does not apply: doc is missing path: \"/none/x\": missing value")]
    [InlineData("[JSONPatch{op: 'remove', path: '/data/none'}]", "JSON Patch: error in remove for path: '/data/none': Unable to remove nonexistent key: none: missing value")]
    [InlineData("[JSONPatch{op: 'move', from: '/none/x', path: '/data/a'}]", "JSON Patch: move operation does not apply: doc is missing from path: /none/x: missing value")]
    [InlineData("[JSONPatch{op: 'test', path: '/none/x', value: 'v'}]", "JSON Patch: test operation does not apply: is missing path: /none/x: missing value")]
    [InlineData("[JSONPatch{op: 'frob', path: '/data'}]", "JSON Patch: Unexpected kind: frob")]
    public async Task A_mutation_that_fails_refuses_the_write_unless_the_policy_lets_it_pass(string expression, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, "p", Mutation(expression));
        var refused = await CreateAsync(cluster);

        (refused.LongAt("code"), refused.StringAt("reason"), refused.StringAt("message")).ShouldBe((403, "Invalid", $"policy 'p' with binding 'p' denied request: {message}"));
        await cluster.MergeAsync($"{Admission}/mutatingadmissionpolicies/p", "{'spec':{'failurePolicy':'Ignore'}}");
        (await CreateAsync(cluster)).ObjectAt("data").ShouldBe(Document.Object("{'k':'v'}"));
    }

    [Fact]
    public async Task A_patch_that_leaves_a_field_no_kind_has_is_an_internal_error()
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, "p", Mutation("[JSONPatch{op: 'add', path: '/spec', value: {'a': 1}}]"));

        (await CreateAsync(cluster)).StringAt("message").ShouldBe("Internal error occurred: strict decoding error: unknown field \"spec\"");
    }

    [Theory]
    [InlineData("Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{containers: [Object.spec.template.spec.containers{name: 'side', image: 'i'}]}}}}", "c,side")]
    [InlineData("[JSONPatch{op: 'add', path: '/spec/template/spec/containers/-', value: Object.spec.template.spec.containers{name: 'side', image: 'i'}}]", "c,side")]
    [InlineData("Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{containers: [Object.spec.template.spec.containers{name: 'c', args: ['x']}]}}}}", "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.template.spec.containers[0].args")]
    [InlineData("Object{spec: Object.spec{selector: Object.spec.selector{matchLabels: {'a': 'b'}}}}", "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.selector")]
    public async Task An_apply_configuration_merges_as_server_side_apply_does(string expression, string outcome)
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, "p", Mutation(expression), rules: "{'apiGroups':['apps'],'apiVersions':['v1'],'operations':['CREATE'],'resources':['deployments']}");

        var made = await cluster.PostAsync("/apis/apps/v1/namespaces/default/deployments", "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");

        if (made.StringAt("message") is { } message)
            message.ShouldBe($"policy 'p' with binding 'p' denied request: {outcome}");
        else
            string.Join(',', made.ArrayAt("spec", "template", "spec", "containers")!.Items.OfType<JsonObject>().Select(static container => container.StringAt("name"))).ShouldBe(outcome);
    }

    [Fact]
    public async Task Variables_and_match_conditions_see_the_object_as_earlier_mutations_left_it()
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(
            cluster,
            "p",
            $"{Mutation("Object{data: {'k': variables.next}}")},{Mutation("Object{data: {'k': variables.next}}")}",
            spec: "'matchConditions':[{'name':'some','expression':'has(object.data.k)'}],'variables':[{'name':'next','expression':'object.data.k + object.data.k'}],");

        (await CreateAsync(cluster)).StringAt("data", "k").ShouldBe("vvvv");
        (await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'empty'}}")).ObjectAt("data").ShouldBeNull();
    }

    [Theory]
    [InlineData("'name':'one','namespace':'default','parameterNotFoundAction':'Deny'", "1")]
    [InlineData("'name':'one','parameterNotFoundAction':'Deny'", "1")]
    [InlineData("'selector':{'matchLabels':{'set':'x'}},'parameterNotFoundAction':'Deny'", "12")]
    [InlineData("'name':'none','parameterNotFoundAction':'Allow'", "")]
    [InlineData("'name':'none','parameterNotFoundAction':'Deny'", "policy 'p' with binding 'p' denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction")]
    public async Task A_policy_is_applied_once_for_each_object_of_parameters(string reference, string outcome)
    {
        await using var cluster = await Cluster.StartAsync();
        foreach (var (name, value) in ((string, int)[])[("one", 1), ("two", 2)])
            await cluster.PostAsync(ConfigMaps, $"{{'metadata':{{'name':'{name}','labels':{{'set':'x'}}}},'data':{{'value':'{value}'}}}}");
        await PolicyAsync(
            cluster,
            "p",
            Mutation("Object{data: {'log': object.?data.?log.orValue('') + params.data.value}}"),
            spec: "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},",
            binding: $",'paramRef':{{{reference}}}");

        var made = await CreateAsync(cluster);

        (made.StringAt("message") ?? made.StringAt("data", "log") ?? "").ShouldBe(outcome);
    }

    // Recorded from a real server: how often a policy is called, and whether it saw what the webhook after it did.
    [Theory]
    [InlineData("Never", null, "1false")]
    [InlineData("IfNeeded", null, "2false")]
    [InlineData("Never", "Never", "1false")]
    [InlineData("IfNeeded", "Never", "2true")]
    [InlineData("Never", "IfNeeded", "1false")]
    [InlineData("IfNeeded", "IfNeeded", "2true")]
    public async Task What_changes_after_a_policy_calls_it_again_once_if_it_asks_for_that(string policy, string? webhook, string outcome)
    {
        await using var hook = await HookServer.StartAsync(static _ => Document.Object("{'allowed':true,'patchType':'JSONPatch','patch':'W3sib3AiOiJhZGQiLCJwYXRoIjoiL2RhdGEvaG9vayIsInZhbHVlIjoieCJ9XQ=='}"));
        await using var cluster = await Cluster.StartAsync();
        const string counts = "Object{data: {'count': string(int(object.?data[?'count'].orValue('0')) + 1), 'seen': string(has(object.data.hook))}}";
        await PolicyAsync(cluster, "p", Mutation(counts), reinvocation: policy);
        if (webhook is not null)
        {
            await cluster.PostAsync($"{Admission}/mutatingwebhookconfigurations", $"{{'metadata':{{'name':'h'}},'webhooks':[{{'name':'h.example.com','reinvocationPolicy':'{webhook}','clientConfig':{{'url':'{hook.Url}/x','caBundle':'{hook.CaBundle}'}},"
                + "'rules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['configmaps']}],'sideEffects':'None','admissionReviewVersions':['v1']}]}");
        }

        var made = await CreateAsync(cluster);

        (made.StringAt("data", "count") + made.StringAt("data", "seen")).ShouldBe(outcome);
    }

    [Theory]
    [InlineData("Object.spec{a: 1}", "must evaluate to Object but got Object.spec")]
    [InlineData("object", "must evaluate to Object but got dyn")]
    [InlineData("[]", "must evaluate to list(JSONPatch) but got list(dyn)", true)]
    [InlineData("Foo{a: 1}", "compilation failed: ERROR: <input>:1:4: undeclared reference to 'Foo' (in container '')\n | Foo{a: 1}\n | ...^")]
    [InlineData("[JSONPatch{op: 1}]", "compilation failed: ERROR: <input>:1:14: expected type of field 'op' is 'string' but provided type is 'int'\n | [JSONPatch{op: 1}]\n | .............^", true)]
    [InlineData("Object{data: variables.a}", "compilation failed: ERROR: <input>:1:23: undefined field 'a'\n | Object{data: variables.a}\n | ......................^")]
    [InlineData("Object{data: params.a}", "compilation failed: ERROR: <input>:1:14: undeclared reference to 'params' (in container '')\n | Object{data: params.a}\n | .............^")]
    [InlineData("Object{data: request.a}", "compilation failed: ERROR: <input>:1:21: undefined field 'a'\n | Object{data: request.a}\n | ....................^")]
    [InlineData("Object{data: {'a': 'b', 'c': object.d}}", "compilation failed: ERROR: <input>:1:36: expected type 'string' but found 'dyn'\n | Object{data: {'a': 'b', 'c': object.d}}\n | ...................................^")]
    public async Task An_expression_of_the_wrong_type_is_refused_with_the_policy(string expression, string problem, bool isPatch = false)
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await PolicyAsync(cluster, "p", Mutation(expression, isPatch));

        var field = isPatch ? "jsonPatch" : "applyConfiguration";
        refused.StringAt("message").ShouldBe($"MutatingAdmissionPolicy.admissionregistration.k8s.io \"p\" is invalid: spec.mutations[0].{field}.expression: Invalid value: \"{expression}\": {problem}");
    }

    [Theory]
    [InlineData("{'patchType':'Merge'}", "spec.mutations[0].patchType: Unsupported value: \"Merge\": supported values: \"ApplyConfiguration\", \"JSONPatch\"")]
    [InlineData("{'patchType':'JSONPatch'}", "spec.mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch")]
    [InlineData("", "spec.mutations: Required value: mutations must contain at least one item")]
    public async Task A_policy_without_a_proper_mutation_is_refused(string mutation, string problem)
    {
        await using var cluster = await Cluster.StartAsync();

        (await PolicyAsync(cluster, "p", mutation)).StringAt("message").ShouldBe($"MutatingAdmissionPolicy.admissionregistration.k8s.io \"p\" is invalid: {problem}");
    }

    private static string Mutation(string expression, bool? isPatch = null) => isPatch ?? expression.Contains("JSONPatch", StringComparison.Ordinal)
        ? $"{{'patchType':'JSONPatch','jsonPatch':{{'expression':{Quoted(expression)}}}}}"
        : $"{{'patchType':'ApplyConfiguration','applyConfiguration':{{'expression':{Quoted(expression)}}}}}";

    // Quotes in an expression stay single; those of the document around it are turned into double ones.
    private static string Quoted(string expression) => $"'{expression.Replace("'", "\\u0027", StringComparison.Ordinal)}'";

    private static async Task<JsonObject> PolicyAsync(
        Cluster cluster,
        string name,
        string mutations,
        string spec = "",
        string binding = "",
        string reinvocation = "Never",
        string rules = "{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['configmaps'],'resourceNames':['m','empty']}")
    {
        var policy = await cluster.PostAsync($"{Admission}/mutatingadmissionpolicies", $"{{'metadata':{{'name':'{name}'}},'spec':{{'matchConstraints':{{'resourceRules':[{rules}]}},{spec}'reinvocationPolicy':'{reinvocation}','mutations':[{mutations}]}}}}");
        await cluster.PostAsync($"{Admission}/mutatingadmissionpolicybindings", $"{{'metadata':{{'name':'{name}'}},'spec':{{'policyName':'{name}'{binding}}}}}");
        return policy;
    }

    private static Task<JsonObject> CreateAsync(Cluster cluster) => cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'m'},'data':{'k':'v'}}");
}
