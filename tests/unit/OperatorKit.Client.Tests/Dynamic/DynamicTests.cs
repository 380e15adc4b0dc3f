using System.Net;
using OperatorKit.Models;

namespace OperatorKit.Client.Tests;

public class DynamicTests
{
    private readonly Recorder _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_of_any_kind_keeps_members_that_nobody_knows()
    {
        const string Stored = """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a","resourceVersion":"7"},"spec":{"unknown":[1,{"x":null}]},"status":{"phase":"Done"}}""";
        _server.Answer(Stored).Answer(Stored);
        var widgets = _server.Client().Dynamic(Widget.Definition, "default");

        var widget = await widgets.GetAsync("a", Token);
        widget.Metadata.ResourceVersion.ShouldBe("7");
        await widgets.ApplyAsync(widget, cancellationToken: Token);

        _server.Last.Body.ShouldBe("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"unknown":[1,{"x":null}]}}""");
    }

    [Fact]
    public async Task Metadata_only_asks_for_metadata_and_reads_it_even_from_whole_objects()
    {
        _server.Answer("""{"kind":"PartialObjectMetadataList","metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a","labels":{"app":"web"}},"spec":{"size":"any"}}]}""");

        var list = await _server.Client().Metadata(Widget.Definition).ListAsync(cancellationToken: Token);

        list.ShouldHaveSingleItem().Metadata.Labels!["app"].ShouldBe("web");
        _server.Last.Headers["Accept"].ShouldBe("application/json; as=PartialObjectMetadataList; g=meta.k8s.io; v=v1,application/json");
    }

    [Fact]
    public void A_manifest_gives_its_objects_with_values_of_their_types()
    {
        var resources = Manifest.Parse("""
            # comment
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {port: "8080", flag: 'true', text: 1.2.3, none: ~}
            numbers: [1, -2, 1.5, 0x10]
            switch: yes
            ---
            ---
            {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Secret"}]}
            """);

        resources.Count.ShouldBe(2);
        resources[0].Content.ToJsonString().ShouldBe(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"port":"8080","flag":"true","text":"1.2.3","none":null},"numbers":[1,-2,1.5,"0x10"],"switch":true}""");
        resources[1].Kind.ShouldBe("Secret");
    }

    [Fact]
    public void A_manifest_that_is_wrong_names_the_line()
    {
        Should.Throw<FormatException>(() => Manifest.Parse("a: 1\n  b: 2\n")).Message.ShouldStartWith("Line 2: not valid YAML");
        Should.Throw<FormatException>(() => Manifest.Parse(new string('[', 100_000))).Message.ShouldStartWith("Line 1: not valid YAML: nested more than 1000 deep");
        Should.Throw<FormatException>(() => Manifest.Parse("a: 1\n---\nb: 2\n")).Message.ShouldBe("Line 1: a Kubernetes object needs apiVersion and kind.");
    }

    [Fact]
    public async Task A_manifest_is_applied_to_where_its_kinds_are_served()
    {
        _server
            .Answer("""{"resources":[{"name":"widgets","kind":"Widget","namespaced":true},{"name":"widgets/status","kind":"Widget","namespaced":true}]}""")
            .Answer("""{"metadata":{"name":"a"}}""");

        await _server.Client().ApplyManifestAsync("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n", cancellationToken: Token);

        _server.Requests.Select(sent => sent.Method + " " + sent.Path).ShouldBe(
            ["GET /apis/example.com/v1", "PATCH /apis/example.com/v1/namespaces/default/widgets/a?fieldManager=operatorkit"]);
    }

    [Fact]
    public async Task A_manifest_of_a_kind_that_is_not_served_says_so()
    {
        _server.Answer(HttpStatusCode.NotFound, "404 page not found", "text/plain");

        var error = await Should.ThrowAsync<NotFoundException>(() => _server.Client().ApplyManifestAsync("apiVersion: example.com/v1\nkind: Widget\n", cancellationToken: Token));

        error.IsKindMissing.ShouldBeTrue();
        error.Message.ShouldStartWith("The cluster does not serve Widget in example.com/v1.");
    }

    [Fact]
    public async Task Discovery_finds_a_kind_with_its_subresources()
    {
        _server.Answer("""{"resources":[{"name":"widgets","kind":"Widget","namespaced":true},{"name":"widgets/status","kind":"Widget"},{"name":"widgets/scale","kind":"Scale"},{"name":"gadgets","kind":"Gadget","namespaced":false}]}""");

        var definition = await _server.Client().Discovery.FindAsync("example.com/v1", "Widget", Token);

        definition.ShouldBe(Widget.Definition);
    }

    [Fact]
    public async Task An_access_review_asks_for_verb_and_resource()
    {
        _server.Answer("""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{},"status":{"allowed":true}}""");

        (await _server.Client().CanAsync("patch", Widget.Definition, "default", "status", cancellationToken: Token)).ShouldBeTrue();

        _server.Last.Path.ShouldStartWith("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
        _server.Last.Body.ShouldContain("\"resourceAttributes\":{");
        _server.Last.Body.ShouldContain("\"resource\":\"widgets\"");
        _server.Last.Body.ShouldContain("\"subresource\":\"status\"");
    }

    [Fact]
    public async Task The_log_of_a_pod_comes_line_by_line()
    {
        _server.Answer(HttpStatusCode.OK, "one\ntwo\n", "text/plain");

        var lines = await _server.Client().Pods("default").ReadLogAsync("web", new LogOptions { Container = "main", TailLines = 2 }, Token).ToListAsync(Token);

        lines.ShouldBe(["one", "two"]);
        _server.Last.Path.ShouldBe("/api/v1/namespaces/default/pods/web/log?container=main&tailLines=2");
    }

    [Fact]
    public async Task A_log_can_go_on_where_an_earlier_reading_broke_off()
    {
        _server.Answer(HttpStatusCode.OK, "three\n", "text/plain");
        var options = new LogOptions { SinceTime = new DateTimeOffset(2026, 1, 2, 5, 4, 5, 999, TimeSpan.FromHours(2)), LimitBytes = 100 };

        (await _server.Client().Pods("default").ReadLogAsync("web", options, Token).ToListAsync(Token)).ShouldBe(["three"]);

        Uri.UnescapeDataString(_server.Last.Path).ShouldBe("/api/v1/namespaces/default/pods/web/log?sinceTime=2026-01-02T03:04:05Z&limitBytes=100");
    }

    [Fact]
    public async Task A_log_that_is_followed_comes_as_it_is_written_and_says_when_the_connection_breaks()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        _server.Answer(new StreamContent(pipe.Reader.AsStream()));
        await using var lines = _server.Client().Pods("default").ReadLogAsync("web", new LogOptions { Follow = true, Timestamps = true, SinceSeconds = 60 }, Token).GetAsyncEnumerator(Token);

        await pipe.Writer.WriteAsync("one\ntw"u8.ToArray(), Token);
        (await lines.MoveNextAsync()).ShouldBeTrue();
        lines.Current.ShouldBe("one");
        var next = lines.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        await pipe.Writer.WriteAsync("o\n"u8.ToArray(), Token);
        (await next).ShouldBeTrue();
        lines.Current.ShouldBe("two");
        await pipe.Writer.CompleteAsync(new IOException("cut"));

        (await Should.ThrowAsync<ClusterUnreachableException>(async () => await lines.MoveNextAsync())).Message.ShouldContain("cut");
        _server.Last.Path.ShouldBe("/api/v1/namespaces/default/pods/web/log?follow=true&sinceSeconds=60&timestamps=true");
    }

    [Fact]
    public async Task An_eviction_carries_how_the_pod_is_deleted()
    {
        _server.Answer(HttpStatusCode.Created, """{"kind":"Status","status":"Success"}""");

        await _server.Client().Pods("default").EvictAsync("web", new DeleteOptions { GracePeriodSeconds = 5 }, Token);

        _server.Last.Path.ShouldBe("/api/v1/namespaces/default/pods/web/eviction");
        _server.Last.Body.ShouldBe(
            """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"web"},"deleteOptions":{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":5}}""");
    }

    [Fact]
    public async Task A_built_in_kind_is_read()
    {
        _server.Answer("""{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"a","namespace":"default"},"spec":{"replicas":3,"selector":{}},"status":{"replicas":3,"readyReplicas":2}}""");

        var replicaSet = await _server.Client().ReplicaSets("default").GetAsync("a", Token);

        replicaSet.Status!.ReadyReplicas.ShouldBe(2);
        _server.Last.Path.ShouldBe("/apis/apps/v1/namespaces/default/replicasets/a");
    }
}
