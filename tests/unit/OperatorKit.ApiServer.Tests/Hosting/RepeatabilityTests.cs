using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Hosting;

/// <summary>With a seed and virtual time, what a test does to the server gives the same bytes every time.</summary>
public sealed class RepeatabilityTests
{
    private const string Pods = "/api/v1/namespaces/shop/pods";
    private const string Deployments = "/apis/apps/v1/namespaces/shop/deployments";
    private const string Widgets = "/apis/e.com/v1/namespaces/shop/widgets";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Applied = "{'apiVersion':'e.com/v1','kind':'Widget','metadata':{'name':'applied','finalizers':['e.com/f']},'spec':{'x':[1,2]}}";

    [Fact]
    public async Task Two_runs_with_one_seed_are_the_same_byte_for_byte()
    {
        var (one, other) = ((await RunAsync(seed: 7)).Split('\n'), (await RunAsync(seed: 7)).Split('\n'));

        one.Zip(other).FirstOrDefault(static lines => lines.First != lines.Second).ShouldBe(default);
        one.Length.ShouldBe(other.Length);
    }

    [Fact]
    public async Task Another_seed_gives_other_uids() => (await RunAsync(seed: 8)).ShouldNotBe(await RunAsync(seed: 7));

    internal static async Task<string> RunAsync(int seed)
    {
        await using var cluster = await Cluster.StartAsync(workloads: true, configure: options => options with { Seed = seed, TakeTurns = true });
        await cluster.PostAsync("/api/v1/namespaces", "{'metadata':{'name':'shop'}}");
        await cluster.PostAsync(Deployments, "{'metadata':{'name':'web'},'spec':{'replicas':3,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i:1'}]}}}}");
        await cluster.PostAsync("/api/v1/namespaces/shop/services", "{'metadata':{'name':'web'},'spec':{'type':'NodePort','selector':{'a':'b'},'ports':[{'port':80}]}}");
        await cluster.MergeAsync($"{Deployments}/web", "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i:2'}]}}}}");
        await cluster.SendAsync("DELETE", Pods);
        await cluster.PostAsync("/apis/batch/v1/namespaces/shop/cronjobs", "{'metadata':{'name':'tick'},'spec':{'schedule':'* * * * *','jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}}}");
        await cluster.AdvanceAsync(TimeSpan.FromMinutes(3));
        await cluster.PostAsync(Definitions, "{'metadata':{'name':'widgets.e.com'},'spec':{'group':'e.com','scope':'Namespaced','names':{'plural':'widgets','kind':'Widget'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}");
        var owner = await cluster.PostAsync(Widgets, "{'apiVersion':'e.com/v1','kind':'Widget','metadata':{'generateName':'w-'}}");
        foreach (var name in (string[])["a", "b", "c"])
            await cluster.PostAsync("/api/v1/namespaces/shop/configmaps", $"{{'metadata':{{'name':'{name}','ownerReferences':[{{'apiVersion':'e.com/v1','kind':'Widget','name':'{owner.StringAt("metadata", "name")}','uid':'{owner.StringAt("metadata", "uid")}'}}]}}}}");
        await cluster.SendAsync("PATCH", $"{Widgets}/applied?fieldManager=test", Applied, mediaType: "application/apply-patch+yaml");
        await cluster.PostAsync("/api/v1/namespaces/shop/events", "{'metadata':{'generateName':'e-'},'involvedObject':{'kind':'Pod','namespace':'shop','name':'p'},'reason':'Test'}");
        await cluster.SendAsync("DELETE", $"{Deployments}/web?propagationPolicy=Foreground");
        await cluster.SendAsync("DELETE", $"{Definitions}/widgets.e.com");
        await cluster.MergeAsync($"{Widgets}/applied", "{'metadata':{'finalizers':null}}");
        await cluster.AdvanceAsync(TimeSpan.FromHours(1));
        await cluster.SendAsync("DELETE", "/api/v1/namespaces/shop");
        await cluster.AdvanceAsync(TimeSpan.FromMinutes(1));
        return Dump(cluster.Server);
    }

    /// <summary>Every object of every kind, and everything that happened.</summary>
    private static string Dump(KubernetesApiServer server)
    {
        var text = new StringBuilder();
        var state = server.At(server.Revision);
        foreach (var type in server.Cluster.Operations.Registry.Current.Types.OrderBy(static type => type.Resource.ToString(), StringComparer.Ordinal))
        {
            foreach (var obj in state.List(type.Group, type.Plural))
                text.Append(type.Resource).Append(' ').Append(obj).Append('\n');
        }

        return text.Append(server.Timeline).ToString();
    }
}
