using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class CacheTests
{
    private static readonly CacheIndex<V1ConfigMap> ByColor = new(map => map.Metadata!.Name == "bad" ? throw new InvalidOperationException("no color") : [map.Data?["color"]]);
    private static readonly CacheIndex<V1ConfigMap> ByTeam = CacheIndex.Label<V1ConfigMap>("team");

    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task An_index_finds_objects_as_they_are_now()
    {
        await using var cluster = await Cluster.StartAsync();
        var maps = cluster.Client.Resource<V1ConfigMap>(Cluster.Namespace);
        await maps.CreateAsync(Map("one", "red", "a"));
        await maps.CreateAsync(Map("two", "red", "b"));
        await maps.CreateAsync(Map("bad", "red", "b"));
        var (red, ofTeam) = ("", "");
        _handler.OnReconcile = (_, context, _) =>
        {
            red = string.Join(',', context.Indexed(ByColor, "red").Select(map => map.Metadata!.Name));
            ofTeam = string.Join(',', context.Indexed(ByTeam, "b").Select(map => map.Metadata!.Name));
            return Task.FromResult<ResourceStatus?>(null);
        };
        await cluster.RunAsync(_handler, configure: options => options.Watch<V1ConfigMap>(_ => ["app"]).Cache<V1ConfigMap>(cache => cache.Index(ByColor).Index(ByTeam)));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        (red, ofTeam).ShouldBe(("one,two", "bad,two"));

        await maps.PatchAsync("one", Client.Patch.Merge("""{"data":{"color":"blue"}}"""));
        await maps.DeleteAsync("bad");
        await maps.CreateAsync(Map("three", "red", "c"));

        await Cluster.UntilAsync(() => (red, ofTeam) == ("three,two", "two"));
    }

    [Fact]
    public async Task An_index_that_nobody_added_is_an_error_that_says_how()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (_, context, _) =>
        {
            _ = context.Indexed(ByTeam, "b");
            return Task.FromResult<ResourceStatus?>(null);
        };
        await cluster.RunAsync(_handler, configure: options => options.Watch<V1ConfigMap>(_ => []));

        await cluster.CreateAsync("app");

        (await cluster.UntilReadyAsync("app", "False"))!.Status!.Conditions.Single().Message!.ShouldContain("options.Cache<V1ConfigMap>(cache => cache.Index(index))");
    }

    [Fact]
    public async Task A_handler_that_reads_one_object_of_a_kind_lists_and_watches_none()
    {
        await using var cluster = await Cluster.StartAsync();
        var reads = new System.Collections.Concurrent.ConcurrentQueue<string>();
        cluster.Requests.Intercept = request =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("/secrets", StringComparison.Ordinal))
                reads.Enqueue(request.RequestUri.PathAndQuery);
            return null;
        };
        _handler.OnReconcile = async (_, context, token) =>
        {
            await context.Client.Resource<V1Secret>(Cluster.Namespace).FindAsync("password", token);
            return null;
        };
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        reads.ShouldNotBeEmpty();
        reads.ShouldAllBe(static path => path == $"/api/v1/namespaces/{Cluster.Namespace}/secrets/password");
    }

    [Fact]
    public async Task Of_a_kind_read_for_its_metadata_nothing_else_is_sent_or_kept()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Client.Resource<V1ConfigMap>(Cluster.Namespace).CreateAsync(Map("one", "red", "a"));
        var accepted = "";
        cluster.Requests.Intercept = request =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/configmaps", StringComparison.Ordinal))
                accepted = request.Headers.Accept.ToString();
            return null;
        };
        V1ConfigMap? seen = null;
        _handler.OnReconcile = async (_, context, token) =>
        {
            await context.ApplyAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "child" }, Data = new Dictionary<string, string> { ["a"] = "b" } }, token);
            seen = context.Cached<V1ConfigMap>("one");
            context.Cached<V1ConfigMap>("child")!.Data.ShouldBeNull();
            return null;
        };
        await cluster.RunAsync(_handler, configure: options => options.Watch<V1ConfigMap>(_ => []).Cache<V1ConfigMap>(cache => cache.MetadataOnly = true));

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        accepted.ShouldContain("PartialObjectMetadata");
        seen!.Metadata!.Labels!["team"].ShouldBe("a");
        seen.Data.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_transform_leaves_out_is_not_kept()
    {
        await using var cluster = await Cluster.StartAsync();
        var maps = cluster.Client.Resource<V1ConfigMap>(Cluster.Namespace);
        await maps.CreateAsync(Map("one", "red", "a"));
        V1ConfigMap? seen = null;
        _handler.OnReconcile = (_, context, _) =>
        {
            seen = context.Cached<V1ConfigMap>("one");
            return Task.FromResult<ResourceStatus?>(null);
        };
        await cluster.RunAsync(_handler, configure: options => options.Watch<V1ConfigMap>(_ => ["app"]).Cache<V1ConfigMap>(cache => cache.Transform = static map => map with { Data = null }));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        seen.ShouldNotBeNull().Data.ShouldBeNull();

        await maps.PatchAsync("one", Client.Patch.Merge("""{"metadata":{"labels":{"team":"z"}}}"""));

        await Cluster.UntilAsync(() => seen!.HasLabel("team", "z"));
        seen!.Data.ShouldBeNull();
    }

    [Fact]
    public async Task A_field_selector_keeps_other_objects_out()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler, configure: options => options.Cache<SimpleApp>(cache => cache.FieldSelector = "metadata.name!=other"));
        await cluster.CreateAsync("other");
        await cluster.CreateAsync("app");

        await cluster.UntilReadyAsync("app");

        _handler.Calls.ShouldNotContain(call => call.EndsWith("other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_kind_that_is_handled_cannot_be_read_for_its_metadata_alone()
    {
        await using var cluster = await Cluster.StartAsync();
        (await Should.ThrowAsync<InvalidOperationException>(() => cluster.RunAsync(_handler, configure: options => options.Cache<SimpleApp>(cache => cache.MetadataOnly = true))))
            .Message.ShouldContain("needs more of it than its metadata");
    }

    private static V1ConfigMap Map(string name, string color, string team) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["team"] = team } },
        Data = new Dictionary<string, string> { ["color"] = color },
    };
}
