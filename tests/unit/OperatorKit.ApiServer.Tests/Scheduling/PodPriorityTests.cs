using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Scheduling;

public sealed class PodPriorityTests
{
    private const string Classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
    private const string Pods = "/api/v1/namespaces/default/pods";

    [Fact]
    public async Task A_pod_gets_the_priority_of_its_class()
    {
        await using var cluster = await Cluster.StartAsync();

        var pod = await cluster.PostAsync(Pods, Pod("'priorityClassName':'system-node-critical',"));

        (pod.LongAt("spec", "priority"), pod.StringAt("spec", "preemptionPolicy")).ShouldBe((2_000_001_000, "PreemptLowerPriority"));
    }

    [Fact]
    public async Task A_pod_without_a_class_gets_the_default_one_and_the_priority_0_without_one()
    {
        await using var cluster = await Cluster.StartAsync();
        var before = await cluster.PostAsync(Pods, Pod("", "before"));
        await cluster.PostAsync(Classes, "{'metadata':{'name':'usual'},'value':7,'globalDefault':true,'preemptionPolicy':'Never'}");

        var after = await cluster.PostAsync(Pods, Pod("", "after"));

        before.LongAt("spec", "priority").ShouldBe(0);
        before.At("spec", "priorityClassName").ShouldBeNull();
        (after.LongAt("spec", "priority"), after.StringAt("spec", "preemptionPolicy"), after.StringAt("spec", "priorityClassName")).ShouldBe((7, "Never", "usual"));
    }

    [Theory]
    [InlineData("'priorityClassName':'none',", "no PriorityClass with name none was found")]
    [InlineData("'priority':5,", "the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name")]
    [InlineData("'preemptionPolicy':'Never',", "the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name")]
    public async Task A_priority_that_no_class_gives_is_refused(string field, string why)
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.PostAsync(Pods, Pod(field))).StringAt("message").ShouldBe($"pods \"p\" is forbidden: {why}");
    }

    [Fact]
    public async Task Only_one_class_is_the_default()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Classes, "{'metadata':{'name':'a'},'value':1,'globalDefault':true}");

        var refused = await cluster.PostAsync(Classes, "{'metadata':{'name':'b'},'value':2,'globalDefault':true}");

        refused.StringAt("message").ShouldBe("priorityclasses.scheduling.k8s.io \"b\" is forbidden: PriorityClass a is already marked as default. Only one default can exist");
    }

    [Fact]
    public async Task The_classes_of_the_system_stay()
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.SendAsync("DELETE", $"{Classes}/system-node-critical")).StringAt("message")
            .ShouldBe("priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden: this is a system priority class and cannot be deleted");
    }

    [Fact]
    public async Task A_pod_keeps_its_priority_when_it_is_replaced_without_one()
    {
        await using var cluster = await Cluster.StartAsync();
        var pod = await cluster.PostAsync(Pods, Pod("'priorityClassName':'system-node-critical',"));

        var replaced = await cluster.SendAsync("PUT", $"{Pods}/p", pod.WithoutAt("spec", "priority").WithAt(["metadata", "labels"], JsonObject.Of(("a", "b"))).ToString());

        replaced.LongAt("spec", "priority").ShouldBe(2_000_001_000);
        replaced.StringAt("metadata", "labels", "a").ShouldBe("b");
    }

    private static string Pod(string field, string name = "p") => $"{{'metadata':{{'name':'{name}'}},'spec':{{{field}'containers':[{{'name':'c','image':'i'}}]}}}}";
}
