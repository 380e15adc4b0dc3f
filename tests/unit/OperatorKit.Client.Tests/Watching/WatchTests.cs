using System.IO.Pipelines;
using System.Text;

namespace OperatorKit.Client.Tests;

public class WatchTests
{
    private readonly Recorder _server = new();
    private readonly Pipe _pipe = new();

    public WatchTests() => _server.Answer(new StreamContent(_pipe.Reader.AsStream()));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_come_as_they_are_sent_and_the_watch_ends_with_the_stream()
    {
        await using var events = _server.Widgets().WatchAsync(new WatchOptions { ResourceVersion = "5" }, Token).GetAsyncEnumerator(Token);

        await Send("""{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"6"}}}""" + "\n");
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Type.ShouldBe(WatchEventType.Added);
        events.Current.Object.Metadata.Name.ShouldBe("a");
        events.Current.ResourceVersion.ShouldBe("6");

        await Send("""{"object":{"metadata":{"name":"a","resourceVersion":"7"}},"type":"MODIFIED"}""" + "\n" + """{"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"8"}}}""" + "\n");
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Type.ShouldBe(WatchEventType.Modified);
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Type.ShouldBe(WatchEventType.Deleted);

        await _pipe.Writer.CompleteAsync();
        (await events.MoveNextAsync()).ShouldBeFalse();
        _server.Last.Path.ShouldBe("/apis/example.com/v1/namespaces/default/widgets?watch=true&resourceVersion=5&timeoutSeconds=290");
    }

    [Fact]
    public async Task A_line_in_pieces_is_put_together_and_a_half_line_at_the_end_is_no_event()
    {
        var fill = new string('x', 200_000);
        var line = Encoding.UTF8.GetBytes("""{"type":"ADDED","object":{"metadata":{"name":"grün","resourceVersion":"6","annotations":{"fill":"X"}}}}""".Replace("X", fill, StringComparison.Ordinal) + "\n");
        var events = Collect(_server.Widgets().WatchAsync(cancellationToken: Token));

        foreach (var piece in line.Chunk(30_001))
        {
            await _pipe.Writer.WriteAsync(piece, Token);
        }

        await Send("""{"type":"ADDED","obj""");
        await _pipe.Writer.CompleteAsync();

        (await events).ShouldHaveSingleItem().Object.Metadata.Name.ShouldBe("grün");
    }

    [Fact]
    public async Task A_bookmark_carries_a_version_and_may_end_the_initial_events()
    {
        await Send("""{"type":"BOOKMARK","object":{"kind":"Widget","apiVersion":"example.com/v1","metadata":{"resourceVersion":"9"}}}""" + "\n");
        await Send("""{"type":"BOOKMARK","object":{"metadata":{"annotations":{"k8s.io/initial-events-end":"true"},"resourceVersion":"10"},"spec":{"size":"unset"}}}""" + "\n");
        await _pipe.Writer.CompleteAsync();

        var events = await Collect(_server.Widgets().WatchAsync(new WatchOptions { SendInitialEvents = true }, Token));

        events.Select(e => (e.Type, e.ResourceVersion, e.InitialEventsEnd)).ShouldBe([(WatchEventType.Bookmark, "9", false), (WatchEventType.Bookmark, "10", true)]);
        Should.Throw<InvalidOperationException>(() => events[0].Object);
        _server.Last.Path.ShouldEndWith("?watch=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&sendInitialEvents=true&timeoutSeconds=290");
    }

    [Fact]
    public async Task An_error_in_the_stream_is_thrown_as_its_type()
    {
        await Send("""{"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"too old resource version: 1 (9)","reason":"Expired","code":410}}""" + "\n");

        var error = await Should.ThrowAsync<ExpiredException>(() => Collect(_server.Widgets().WatchAsync(new WatchOptions { ResourceVersion = "1" }, Token)));

        error.Message.ShouldContain("too old resource version");
    }

    [Fact]
    public async Task An_object_that_does_not_fit_is_reported_and_the_watch_goes_on()
    {
        await Send("""{"type":"ADDED","object":{"metadata":{"name":"bad","resourceVersion":"6"},"spec":{"size":"big"}}}""" + "\n");
        await Send("""{"type":"ADDED","object":{"metadata":{"name":"good","resourceVersion":"7"}}}""" + "\n");
        await _pipe.Writer.CompleteAsync();
        List<InvalidObject> invalid = [];

        var events = await Collect(_server.Widgets().WatchAsync(new WatchOptions { OnInvalidObject = invalid.Add }, Token));

        events.ShouldHaveSingleItem().Object.Metadata.Name.ShouldBe("good");
        invalid.ShouldHaveSingleItem().Name.ShouldBe("bad");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_said_to_have_broken()
    {
        await Send("""{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"6"}}}""" + "\n");
        await _pipe.Writer.CompleteAsync(new IOException("cut"));

        await Should.ThrowAsync<ClusterUnreachableException>(() => Collect(_server.Widgets().WatchAsync(cancellationToken: Token)));
    }

    [Fact]
    public async Task A_peer_that_is_silent_past_the_deadline_is_given_up()
    {
        var widgets = _server.Widgets(options: new KubernetesClientOptions { TimeProvider = new ImmediateTime() });
        var options = new WatchOptions { Timeout = TimeSpan.FromSeconds(20), Margin = TimeSpan.FromSeconds(5) };

        var error = await Should.ThrowAsync<ClusterUnreachableException>(() => Collect(widgets.WatchAsync(options, Token)));

        error.Message.ShouldContain("the connection is dead");
    }

    [Fact]
    public async Task Cancelling_ends_the_watch_as_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var events = Collect(_server.Widgets().WatchAsync(cancellationToken: stop.Token));

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => events);
    }

    private async Task Send(string text) => await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), Token);

    private static async Task<List<WatchEvent<Widget>>> Collect(IAsyncEnumerable<WatchEvent<Widget>> events)
    {
        var list = new List<WatchEvent<Widget>>();
        await foreach (var change in events)
        {
            list.Add(change);
        }

        return list;
    }
}
