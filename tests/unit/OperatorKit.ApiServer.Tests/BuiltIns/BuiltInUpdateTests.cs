using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class BuiltInUpdateTests
{
    private const string Jobs = "/apis/batch/v1/namespaces/default/jobs";
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Job = "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}";
    private const string Pod = "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}";

    [Theory]
    [InlineData("{'spec':{'selector':null}}", "spec.selector: Required value", "spec.selector: Invalid value: null: field is immutable")]
    [InlineData("{'spec':{'selector':{'matchLabels':{'a':'b'}}}}", "`selector` not auto-generated", "field is immutable")]
    [InlineData("{'spec':{'template':{'metadata':{'labels':null}}}}", "spec.template.metadata.labels[job-name]: Required value: must be 'j'", "`selector` does not match template `labels`")]
    public async Task What_was_generated_for_a_job_may_not_be_taken_away_or_changed(string patch, string first, string second)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Jobs, Job);

        var refused = await cluster.MergeAsync(Jobs + "/j", patch);

        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message")!.ShouldContain(first);
        refused.StringAt("message")!.ShouldContain(second);
    }

    [Fact]
    public async Task A_job_is_not_replaced_by_the_manifest_that_made_it()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Jobs, Job);

        var refused = await cluster.SendAsync("PUT", Jobs + "/j", Job);

        refused.LongAt("code").ShouldBe(422);
        refused.ObjectAt("details")!.Objects("causes").Select(static cause => cause.StringAt("field")).ShouldBe(
            ["spec.selector", "spec.template.metadata.labels", "spec.selector", "spec.template.metadata.labels", "spec.selector", "spec.template"]);
    }

    [Theory]
    [InlineData("{'spec':{'terminationGracePeriodSeconds':5}}", "(allow it to be set to 1 if it was previously negative)")]
    [InlineData("{'spec':{'terminationGracePeriodSeconds':-5}}", "(allow it to be set to 1 if it was previously negative)")]
    [InlineData("{'spec':{'schedulingGates':[{'name':'g'}]}}", "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'g'")]
    public async Task What_a_pod_was_made_with_may_not_change(string patch, string problem)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, Pod);

        var refused = await cluster.MergeAsync(Pods + "/p", patch);

        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message")!.ShouldEndWith(problem);
    }

    [Fact]
    public async Task A_negative_grace_period_stays_the_second_that_it_became()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, "{'metadata':{'name':'p'},'spec':{'terminationGracePeriodSeconds':-5,'containers':[{'name':'c','image':'i'}]}}");

        var patched = await cluster.MergeAsync(Pods + "/p", "{'spec':{'terminationGracePeriodSeconds':-7}}");

        patched.LongAt("spec", "terminationGracePeriodSeconds").ShouldBe(1);
    }

    [Theory]
    [InlineData("/api/v1/namespaces/default/configmaps", "{'metadata':{'name':'x'}}", "{'metadata':{'labels':{'$retainKeys':['a'],'a':'b'}}}", "unrecognized type: string")]
    [InlineData(Jobs, Job, "{'spec':{'template':{'spec':{'affinity':{'$retainKeys':[]}}}}}", "strict decoding error: unknown field \"spec.template.spec.affinity.$retainKeys\"")]
    public async Task Keys_of_a_map_that_is_not_there_cannot_be_retained(string path, string body, string patch, string problem)
    {
        await using var cluster = await Cluster.StartAsync();
        var name = (await cluster.PostAsync(path, body)).StringAt("metadata", "name");

        var refused = await cluster.SendAsync("PATCH", $"{path}/{name}?fieldValidation=Strict", patch, mediaType: "application/strategic-merge-patch+json");

        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message")!.ShouldEndWith(problem);
    }
}
