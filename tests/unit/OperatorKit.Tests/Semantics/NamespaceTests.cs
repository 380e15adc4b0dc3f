using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class NamespaceTests
{
    private readonly ScriptedHandler _handler = new() { OnReconcile = static (_, _, _) => Task.FromResult<ResourceStatus?>(null) };

    [Fact]
    public async Task Namespaces_that_match_a_pattern_are_followed_as_they_come_and_go()
    {
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, "team-a", "first");
        await CreateAsync(cluster, "team-old", "excluded");
        await CreateAsync(cluster, "team-old-but-kept", "included");
        await CreateAsync(cluster, "other", "foreign");
        await cluster.RunAsync(_handler, configure: options =>
        {
            options.Namespaces.Add("team-*");
            options.Namespaces.Add("!team-old*");
            options.Namespaces.Add("*-kept");
        });
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Create first") && _handler.Calls.Contains("Create included"));

        await CreateAsync(cluster, "team-b", "second");
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Create second"));

        await cluster.Client.Resource<V1Namespace>().DeleteAsync("team-b");
        while (await cluster.Client.Resource<V1Namespace>().FindAsync("team-b") is not null)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await CreateAsync(cluster, "team-b", "again");
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Create again"));

        _handler.Calls.ShouldNotContain(call => call.Contains("excluded") || call.Contains("foreign"));
    }

    private static async Task CreateAsync(Cluster cluster, string home, string name)
    {
        if (await cluster.Client.Resource<V1Namespace>().FindAsync(home) is null)
            await cluster.Client.Resource<V1Namespace>().CreateAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = home } });
        await cluster.Client.Resource<SimpleApp>(home).CreateAsync(new SimpleApp { Metadata = new V1ObjectMeta { Name = name }, Spec = new SimpleAppSpec() });
    }
}
