using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.GarbageCollection;

public sealed class CollectionTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Dependents_of_dependents_go_too()
    {
        await using var cluster = await Cluster.StartAsync();
        await ChainAsync(cluster, "a", "b", "c");

        await cluster.SendAsync("DELETE", $"{ConfigMaps}/a");
        await cluster.SettleAsync();

        (await NamesAsync(cluster)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_foreground_deletion_ends_with_the_last_dependent()
    {
        await using var cluster = await Cluster.StartAsync();
        await ChainAsync(cluster, "a", "b", "c");
        await cluster.MergeAsync($"{ConfigMaps}/c", "{'metadata':{'finalizers':['example.com/hold']}}");

        await cluster.SendAsync("DELETE", $"{ConfigMaps}/a", "{'propagationPolicy':'Foreground'}");
        await cluster.SettleAsync();
        (await NamesAsync(cluster)).ShouldBe(["a", "b", "c"]);

        await cluster.MergeAsync($"{ConfigMaps}/c", "{'metadata':{'finalizers':null}}");
        await cluster.SettleAsync();
        (await NamesAsync(cluster)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_orphaned_dependent_stays_without_its_owner()
    {
        await using var cluster = await Cluster.StartAsync();
        await ChainAsync(cluster, "a", "b");

        await cluster.SendAsync("DELETE", $"{ConfigMaps}/a", "{'propagationPolicy':'Orphan'}");
        await cluster.SettleAsync();

        (await NamesAsync(cluster)).ShouldBe(["b"]);
        (await cluster.GetAsync($"{ConfigMaps}/b")).At("metadata", "ownerReferences").ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_collector_dependents_stay()
    {
        await using var cluster = await Cluster.StartAsync(configure: options => options with { GarbageCollection = false });
        await ChainAsync(cluster, "a", "b");

        await cluster.SendAsync("DELETE", $"{ConfigMaps}/a");
        await cluster.SettleAsync();

        (await NamesAsync(cluster)).ShouldBe(["b"]);
    }

    private static async Task ChainAsync(Cluster cluster, params string[] names)
    {
        JsonObject? owner = null;
        foreach (var name in names)
        {
            var owners = owner is null ? "" : $",'ownerReferences':[{{'apiVersion':'v1','kind':'ConfigMap','name':'{owner.Name}','uid':'{owner.Uid}','blockOwnerDeletion':true}}]";
            owner = await cluster.PostAsync(ConfigMaps, $"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'{name}'{owners}}}}}");
        }

        await cluster.SettleAsync();
    }

    private static async Task<IEnumerable<string>> NamesAsync(Cluster cluster) =>
        (await cluster.ListAsync(ConfigMaps)).Select(map => map.Name).Where(name => name != "kube-root-ca.crt");
}
