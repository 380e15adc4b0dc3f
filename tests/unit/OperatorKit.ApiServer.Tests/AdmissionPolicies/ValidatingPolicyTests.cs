using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.AdmissionPolicies;

public sealed class ValidatingPolicyTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Admission = "/apis/admissionregistration.k8s.io/v1";

    [Fact]
    public async Task A_bound_policy_denies_what_its_expression_does_not_allow()
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, "{'expression':'variables.color != \\'red\\'','messageExpression':'\\'no \\' + variables.color'}");
        await BindAsync(cluster, "'Deny'");

        (await CreateAsync(cluster, "a", "blue")).Name.ShouldBe("a");
        var refused = await CreateAsync(cluster, "b", "red");
        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message").ShouldBe("configmaps \"b\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no red");
    }

    [Theory]
    [InlineData("\\'\\'")]
    [InlineData("\\'a\\\\nb\\'")]
    [InlineData("string(object.data.none)")]
    public async Task A_message_that_is_none_gives_way_to_the_fixed_one(string message)
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, $"{{'expression':'false','messageExpression':'{message}','message':'fixed'}}");
        await BindAsync(cluster, "'Deny'");

        (await CreateAsync(cluster, "a", "red")).StringAt("message").ShouldBe("configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: fixed");
    }

    [Fact]
    public async Task A_policy_that_is_not_bound_does_nothing()
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, "{'expression':'false'}");

        (await CreateAsync(cluster, "a", "red")).Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_binding_that_only_warns_lets_the_write_through()
    {
        await using var cluster = await Cluster.StartAsync();
        await PolicyAsync(cluster, "{'expression':'false','reason':'Forbidden'}");
        await BindAsync(cluster, "'Warn'");

        (await CreateAsync(cluster, "a", "red")).Name.ShouldBe("a");
    }

    [Fact]
    public async Task An_expression_that_is_none_is_refused_with_its_place()
    {
        await using var cluster = await Cluster.StartAsync();

        (await PolicyAsync(cluster, "{'expression':'object.foo =='}")).StringAt("message")!.ShouldContain("spec.validations[0].expression: Invalid value: \"object.foo ==\": compilation failed");
    }

    private static Task<JsonObject> PolicyAsync(Cluster cluster, string validation) => cluster.PostAsync($"{Admission}/validatingadmissionpolicies",
        "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicy','metadata':{'name':'p'},'spec':{'matchConstraints':{'resourceRules':"
        + "[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['configmaps']}]},'variables':[{'name':'color','expression':'object.data.color'}],"
        + $"'validations':[{Escaped(validation)}]}}}}");

    // Inside an expression the quotes stay single.
    private static string Escaped(string text) => text.Replace("\\'", "\\u0027", StringComparison.Ordinal);

    private static Task<JsonObject> BindAsync(Cluster cluster, string actions) => cluster.PostAsync($"{Admission}/validatingadmissionpolicybindings",
        $"{{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicyBinding','metadata':{{'name':'b'}},'spec':{{'policyName':'p','validationActions':[{actions}]}}}}");

    private static Task<JsonObject> CreateAsync(Cluster cluster, string name, string color) =>
        cluster.PostAsync(ConfigMaps, $"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'{name}'}},'data':{{'color':'{color}'}}}}");
}
