using OperatorKit.Models;

namespace OperatorKit.Client.Tests;

public class ObjectTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly ResourceClient<V1ConfigMap> _maps = server.Client.ConfigMaps("default");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_created_read_patched_and_deleted()
    {
        var created = await _maps.CreateAsync(Map("life", ("a", "1")), cancellationToken: Token);
        created.Metadata.Uid.ShouldNotBeNullOrEmpty();

        var patched = await _maps.PatchAsync("life", Patch.Merge("""{"data":{"b":"grün"}}"""), cancellationToken: Token);
        patched.Data.ShouldBe(new Dictionary<string, string> { ["a"] = "1", ["b"] = "grün" }, ignoreOrder: true);

        await Should.ThrowAsync<AlreadyExistsException>(() => _maps.CreateAsync(Map("life"), cancellationToken: Token));
        (await _maps.DeleteAsync("life", new DeleteOptions { PreconditionUid = created.Metadata.Uid }, Token)).ShouldBeTrue();
        (await _maps.FindAsync("life", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_delete_of_an_object_that_has_been_replaced_is_a_conflict()
    {
        await _maps.CreateAsync(Map("replaced"), cancellationToken: Token);

        await Should.ThrowAsync<ConflictException>(() => _maps.DeleteAsync("replaced", new DeleteOptions { PreconditionUid = "another" }, Token));
    }

    [Fact]
    public async Task An_apply_creates_then_updates_and_guards_the_fields_of_others()
    {
        var mine = new ApplyOptions { FieldManager = "mine" };
        var theirs = new ApplyOptions { FieldManager = "theirs" };
        await _maps.ApplyAsync(Map("shared", ("a", "1")), mine, Token);
        await _maps.ApplyAsync(Map("shared", ("b", "2")), theirs, Token);

        var conflict = await Should.ThrowAsync<ConflictException>(() => _maps.ApplyAsync(Map("shared", ("a", "9")), theirs, Token));
        conflict.Message.ShouldContain("ApplyOptions.Force");

        var forced = await _maps.ApplyAsync(Map("shared", ("a", "9")), theirs with { Force = true }, Token);
        forced.Data.ShouldBe(new Dictionary<string, string> { ["a"] = "9" });
    }

    [Fact]
    public async Task A_dry_run_stores_nothing()
    {
        await _maps.CreateAsync(Map("dry"), new WriteOptions { DryRun = true }, Token);

        (await _maps.FindAsync("dry", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_field_that_the_server_does_not_know_is_dropped_warned_of_or_refused()
    {
        await _maps.CreateAsync(Map("fields"), cancellationToken: Token);
        var patch = Patch.Merge("""{"datum":{"a":"1"}}""");

        (await Should.ThrowAsync<KubernetesException>(() => _maps.PatchAsync("fields", patch, new WriteOptions { FieldValidation = FieldValidation.Strict }, Token)))
            .Message.ShouldContain("unknown field \"datum\"");
        (await _maps.PatchAsync("fields", patch, new WriteOptions { FieldValidation = FieldValidation.Ignore }, Token)).Data.ShouldBeNull();
    }

    [Fact]
    public async Task An_object_that_breaks_its_rules_is_refused_with_the_field()
    {
        var error = await Should.ThrowAsync<InvalidResourceException>(() => _maps.CreateAsync(Map("Not A Name"), cancellationToken: Token));

        error.Status!.Details!.Causes!.ShouldContain(cause => cause.Field == "metadata.name");
    }

    [Fact]
    public async Task Objects_are_listed_by_label_and_page_by_page()
    {
        for (var i = 0; i < 5; i++)
        {
            var map = Map($"page-{i}");
            map.Metadata.Labels = new Dictionary<string, string> { ["test"] = "pages" };
            await _maps.CreateAsync(map, cancellationToken: Token);
        }

        var pages = await _maps.ListPagesAsync(new ListOptions { LabelSelector = "test=pages", Limit = 2 }, Token).ToListAsync(Token);

        pages.Select(page => page.Count).ShouldBe([2, 2, 1]);
        pages.SelectMany(page => page).Select(map => map.Metadata.Name).ShouldBe(["page-0", "page-1", "page-2", "page-3", "page-4"]);
        pages.ShouldAllBe(page => page.ResourceVersion == pages[0].ResourceVersion);
    }

    [Fact]
    public async Task A_collection_is_deleted_by_label()
    {
        var map = Map("gone");
        map.Metadata.Labels = new Dictionary<string, string> { ["test"] = "collection" };
        await _maps.CreateAsync(map, cancellationToken: Token);

        await _maps.DeleteCollectionAsync(new ListOptions { LabelSelector = "test=collection" }, cancellationToken: Token);

        (await _maps.FindAsync("gone", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_replica_set_is_scaled()
    {
        var replicaSets = server.Client.ReplicaSets("default");
        await server.Client.ApplyManifestAsync("""
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: web}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "nginx:1.27"}]}
            """, cancellationToken: Token);

        var scale = await replicaSets.ScaleAsync("web", 5, cancellationToken: Token);

        scale.Spec!.Replicas.ShouldBe(5);
        (await replicaSets.GetAsync("web", Token)).Spec!.Replicas.ShouldBe(5);
        (await replicaSets.GetScaleAsync("web", Token)).Spec!.Replicas.ShouldBe(5);
    }

    [Fact]
    public async Task An_eviction_that_a_disruption_budget_forbids_is_refused_without_another_try()
    {
        var pods = server.Client.Pods("default");
        await server.Client.ApplyManifestAsync("""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: guarded}
            spec: {minAvailable: 1, selector: {matchLabels: {app: guarded}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: guarded, labels: {app: guarded}}
            spec: {containers: [{name: app, image: "nginx:1.27"}]}
            """, cancellationToken: Token);
        List<ClientRequest> sent = [];
        using var observation = server.Client.Observe(request =>
        {
            if (request.Subresource == "eviction")
                sent.Add(request);
        });

        var refused = await Should.ThrowAsync<TooManyRequestsException>(() => pods.EvictAsync("guarded", cancellationToken: Token));
        refused.Status!.Details!.Causes!.ShouldContain(cause => cause.Reason == "DisruptionBudget");
        sent.Count.ShouldBe(1);

        await server.Client.Resource<V1PodDisruptionBudget>("default").PatchStatusAsync("guarded", Patch.Merge(
            """{"status":{"observedGeneration":1,"disruptionsAllowed":1,"currentHealthy":2,"desiredHealthy":1,"expectedPods":2}}"""), cancellationToken: Token);
        await pods.EvictAsync("guarded", new DeleteOptions { GracePeriodSeconds = 0 }, Token);
        (await pods.FindAsync("guarded", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Only_metadata_is_sent_when_only_metadata_is_asked_for()
    {
        await _maps.CreateAsync(Map("meta", ("a", new string('x', 1000))), cancellationToken: Token);

        (await server.Client.Metadata(V1ConfigMap.Definition, "default").GetAsync("meta", Token)).Metadata.Name.ShouldBe("meta");
    }

    [Fact]
    public async Task A_kind_that_is_not_installed_says_how_to_install_it()
    {
        var error = await Should.ThrowAsync<NotFoundException>(() => server.Client.Resource<Widget>("default").FindAsync("a", Token));

        error.IsKindMissing.ShouldBeTrue();
        error.Message.ShouldContain("kubectl apply --server-side -f manifests/crds/example.com_widgets.yaml");
    }

    [Fact]
    public async Task The_server_says_what_it_is_and_serves_and_allows()
    {
        (await server.Client.Discovery.GetVersionAsync(Token)).GitVersion.ShouldStartWith("v1.");
        (await server.Client.Discovery.FindAsync("apps/v1", "ReplicaSet", Token)).ShouldBe(V1ReplicaSet.Definition);
        (await server.Client.Discovery.FindAsync("none/v1", "ReplicaSet", Token)).ShouldBeNull();
        (await server.Client.CanAsync("create", V1ReplicaSet.Definition, "default", cancellationToken: Token)).ShouldBeTrue();
    }

    private static V1ConfigMap Map(string name, params (string Key, string Value)[] data) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Data = data.ToDictionary(pair => pair.Key, pair => pair.Value),
    };
}
