using System.Net;
using OperatorKit.Models;

namespace OperatorKit.Client.Tests;

public class RequestTests
{
    private const string Stored = """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a","namespace":"default","uid":"u1","resourceVersion":"7"},"spec":{"size":3}}""";

    private readonly Recorder _server = new();

    [Fact]
    public async Task Get_reads_one_object_of_the_namespace()
    {
        _server.Answer(Stored);

        var widget = await _server.Widgets().GetAsync("a", TestContext.Current.CancellationToken);

        widget.Size.ShouldBe(3);
        widget.Metadata.Uid.ShouldBe("u1");
        _server.Last.Method.ShouldBe("GET");
        _server.Last.Path.ShouldBe("/apis/example.com/v1/namespaces/default/widgets/a");
    }

    [Fact]
    public async Task The_path_of_a_server_behind_a_prefix_is_kept()
    {
        _server.Answer(Stored);
        using var client = _server.Client(connection: new ClusterConnection { Server = new Uri("http://rancher.test/k8s/clusters/c-1/") });

        await client.Resource<Widget>("default").GetAsync("a", TestContext.Current.CancellationToken);

        _server.Last.Path.ShouldBe("/k8s/clusters/c-1/apis/example.com/v1/namespaces/default/widgets/a");
    }

    [Fact]
    public async Task List_sends_selectors_escaped_and_reads_items_and_version()
    {
        _server.Answer($$"""{"kind":"WidgetList","metadata":{"resourceVersion":"42","continue":"","remainingItemCount":null},"items":[{{Stored}},{{Stored}}]}""");

        var list = await _server.Widgets(null).ListAsync(
            new ListOptions { LabelSelector = "app in (a,b)", Limit = 2, ResourceVersion = "0", ResourceVersionMatch = VersionMatch.NotOlderThan },
            TestContext.Current.CancellationToken);

        list.Count.ShouldBe(2);
        list.ResourceVersion.ShouldBe("42");
        list.Continue.ShouldBeNull();
        _server.Last.Path.ShouldBe("/apis/example.com/v1/widgets?labelSelector=app%20in%20%28a%2Cb%29&limit=2&resourceVersion=0&resourceVersionMatch=NotOlderThan");
        _server.Last.Headers["Accept-Encoding"].ShouldBe("gzip");
    }

    [Fact]
    public async Task A_list_whose_items_are_null_is_empty()
    {
        _server.Answer("""{"items":null,"metadata":{"resourceVersion":"1"}}""");

        (await _server.Widgets().ListAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_compressed_list_is_unpacked()
    {
        var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes($$"""{"metadata":{"resourceVersion":"1"},"items":[{{string.Join(',', Enumerable.Repeat(Stored, 2000))}}]}"""));
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        _server.Answer(content);

        (await _server.Widgets().ListAsync(cancellationToken: TestContext.Current.CancellationToken)).Count.ShouldBe(2000);
    }

    [Fact]
    public async Task Pages_follow_the_continue_token_without_the_version()
    {
        _server
            .Answer($$"""{"metadata":{"resourceVersion":"5","continue":"next/1"},"items":[{{Stored}}]}""")
            .Answer($$"""{"metadata":{"resourceVersion":"5"},"items":[{{Stored}}]}""");

        var pages = await _server.Widgets().ListPagesAsync(new ListOptions { Limit = 1, ResourceVersion = "0" }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        pages.Count.ShouldBe(2);
        _server.Last.Path.ShouldEndWith("?limit=1&continue=next%2F1");
    }

    [Fact]
    public async Task An_object_that_does_not_fit_is_reported_and_the_others_are_listed()
    {
        _server.Answer($$$"""{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"bad","namespace":"x","resourceVersion":"2"},"spec":{"size":"big"}},{{{Stored}}}]}""");
        List<InvalidObject> invalid = [];

        var list = await _server.Widgets().ListAsync(new ListOptions { OnInvalidObject = invalid.Add }, TestContext.Current.CancellationToken);

        list.ShouldHaveSingleItem().Metadata.Name.ShouldBe("a");
        invalid.ShouldHaveSingleItem().Name.ShouldBe("bad");
        invalid[0].Namespace.ShouldBe("x");
        invalid[0].ResourceVersion.ShouldBe("2");
    }

    [Fact]
    public async Task Without_a_callback_an_object_that_does_not_fit_fails_the_list_by_name()
    {
        _server.Answer("""{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"bad","namespace":"x"},"spec":{"size":"big"}}]}""");

        var error = await Should.ThrowAsync<InvalidObjectException>(() => _server.Widgets().ListAsync(cancellationToken: TestContext.Current.CancellationToken));

        error.Message.ShouldBe("Widget x/bad does not fit its type: $.spec.size: expected a number. Correct the object, widen the type, or set OnInvalidObject to go on without it.");
    }

    [Fact]
    public async Task Create_posts_the_object_into_the_namespace_of_the_client()
    {
        _server.Answer(HttpStatusCode.Created, Stored);

        await _server.Widgets().CreateAsync(Widget.Named("a", 3), new WriteOptions { DryRun = true, FieldValidation = FieldValidation.Strict }, TestContext.Current.CancellationToken);

        _server.Last.Method.ShouldBe("POST");
        _server.Last.Path.ShouldBe("/apis/example.com/v1/namespaces/default/widgets?fieldManager=operatorkit&dryRun=All&fieldValidation=Strict");
        _server.Last.Body.ShouldBe("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":3}}""");
    }

    [Fact]
    public async Task Apply_leaves_out_the_status_and_what_the_server_owns()
    {
        _server.Answer(Stored);
        var widget = Widget.Named("a", 3) with { Phase = "Done" };
        widget.Metadata.Uid = "u1";
        widget.Metadata.ResourceVersion = "7";

        await _server.Widgets().ApplyAsync(widget, new ApplyOptions { FieldManager = "me", Force = true }, TestContext.Current.CancellationToken);

        _server.Last.Method.ShouldBe("PATCH");
        _server.Last.ContentType.ShouldBe("application/apply-patch+yaml");
        _server.Last.Path.ShouldBe("/apis/example.com/v1/namespaces/default/widgets/a?force=true&fieldManager=me");
        _server.Last.Body.ShouldBe("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":3}}""");
    }

    [Fact]
    public async Task Apply_of_the_status_sends_only_it_and_whose_it_is()
    {
        _server.Answer(Stored);
        var widget = Widget.Named("a", 3) with { Phase = "Done" };
        widget.Metadata.Uid = "u1";
        widget.Metadata.ResourceVersion = "7";

        await _server.Widgets().ApplyStatusAsync(widget, cancellationToken: TestContext.Current.CancellationToken);

        _server.Last.Path.ShouldBe("/apis/example.com/v1/namespaces/default/widgets/a/status?fieldManager=operatorkit");
        _server.Last.Body.ShouldBe("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a","uid":"u1"},"status":{"phase":"Done"}}""");
    }

    [Fact]
    public async Task Scale_patches_the_scale_subresource()
    {
        _server.Answer("""{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"a"},"spec":{"replicas":5},"status":{"replicas":3}}""");

        var scale = await _server.Widgets().ScaleAsync("a", 5, cancellationToken: TestContext.Current.CancellationToken);

        scale.Spec!.Replicas.ShouldBe(5);
        _server.Last.Path.ShouldBe("/apis/example.com/v1/namespaces/default/widgets/a/scale?fieldManager=operatorkit");
        _server.Last.ContentType.ShouldBe("application/merge-patch+json");
        _server.Last.Body.ShouldBe("""{"spec":{"replicas":5}}""");
    }

    [Fact]
    public async Task A_json_patch_is_sent_as_operations()
    {
        _server.Answer(Stored);
        var patch = Patch.Json(
            JsonPatchOperation.Test("/metadata/uid", "u1"),
            JsonPatchOperation.Add("/metadata/annotations/" + JsonPatchOperation.Escape("a.b/c~d"), "x"),
            JsonPatchOperation.Remove("/spec/size"),
            JsonPatchOperation.Replace("/spec", null));

        await _server.Widgets().PatchAsync("a", patch, cancellationToken: TestContext.Current.CancellationToken);

        _server.Last.ContentType.ShouldBe("application/json-patch+json");
        _server.Last.Body.ShouldBe(
            """[{"op":"test","path":"/metadata/uid","value":"u1"},{"op":"add","path":"/metadata/annotations/a.b~1c~0d","value":"x"},{"op":"remove","path":"/spec/size"},{"op":"replace","path":"/spec","value":null}]""");
    }

    [Fact]
    public async Task Delete_sends_preconditions_and_propagation()
    {
        _server.Answer(Stored);

        var isDeleted = await _server.Widgets().DeleteAsync(
            "a",
            new DeleteOptions { PreconditionUid = "u1", PreconditionResourceVersion = "7", Propagation = DeletePropagation.Foreground, GracePeriodSeconds = 0 },
            TestContext.Current.CancellationToken);

        isDeleted.ShouldBeTrue();
        _server.Last.Method.ShouldBe("DELETE");
        _server.Last.Body.ShouldBe(
            """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Foreground","gracePeriodSeconds":0,"preconditions":{"uid":"u1","resourceVersion":"7"}}""");
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        _server.Status(404, "NotFound", "widgets.example.com \\\"a\\\" not found", """{"name":"a"}""");

        (await _server.Widgets().DeleteAsync("a", cancellationToken: TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task Finding_what_is_not_there_gives_null()
    {
        _server.Status(404, "NotFound", "widgets.example.com \\\"a\\\" not found", """{"name":"a"}""");

        (await _server.Widgets().FindAsync("a", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_client_of_all_namespaces_says_that_a_name_needs_a_namespace()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => _server.Widgets(null).GetAsync("a", TestContext.Current.CancellationToken));

        error.Message.ShouldBe("Widget objects live in namespaces and this client is for all of them: name one, as in client.Resource<Widget>(\"default\").");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_of_another_namespace_is_refused_before_it_is_sent()
    {
        var widget = new Widget { Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = "other" } };

        await Should.ThrowAsync<ArgumentException>(() => _server.Widgets().CreateAsync(widget, cancellationToken: TestContext.Current.CancellationToken));

        _server.Requests.ShouldBeEmpty();
    }
}
