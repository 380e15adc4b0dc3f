using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace OperatorKit.Client.Tests;

public class RetryTests
{
    private const string Stored = """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a","resourceVersion":"7"}}""";

    private readonly Recorder _server = new();
    private readonly ImmediateTime _time = new();

    private ResourceClient<Widget> Widgets => _server.Widgets(options: new KubernetesClientOptions { TimeProvider = _time, MaxRetries = 2 });

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names()
    {
        _server.Status(429, "TooManyRequests", "slow down", headers: headers => headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(3))).Answer(HttpStatusCode.Created, Stored);

        await Widgets.CreateAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken);

        _server.Requests.Count.ShouldBe(2);
        _server.Requests[1].Body.ShouldBe(_server.Requests[0].Body);
        _time.Waits.ShouldBe([TimeSpan.FromSeconds(3)]);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_at_the_date_that_it_names()
    {
        var date = _time.GetUtcNow().AddSeconds(7);
        _server.Status(503, "ServiceUnavailable", "later", headers: headers => headers.RetryAfter = new RetryConditionHeaderValue(date)).Answer(HttpStatusCode.Created, Stored);

        await Widgets.CreateAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken);

        _time.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task Each_attempt_is_reported_with_its_number()
    {
        _server.Status(503, "ServiceUnavailable", "no").Status(503, "ServiceUnavailable", "no").Answer(Stored);
        var attempts = new List<int>();
        var widgets = _server.Widgets(options: new KubernetesClientOptions { TimeProvider = _time, MaxRetries = 2, OnRequest = request => attempts.Add(request.Attempt) });

        await widgets.GetAsync("a", TestContext.Current.CancellationToken);

        attempts.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_create_is_not_repeated_when_the_server_may_have_carried_it_out()
    {
        _server.Status(500, "InternalError", "boom");

        await Should.ThrowAsync<ServerErrorException>(() => Widgets.CreateAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken));

        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_read_is_repeated_until_the_retries_are_used_up()
    {
        _server.Status(503, "ServiceUnavailable", "no").Status(502, "", "no").Status(500, "InternalError", "still no");

        var error = await Should.ThrowAsync<ServerErrorException>(() => Widgets.GetAsync("a", TestContext.Current.CancellationToken));

        error.Message.ShouldContain("still no");
        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_lost_connection_repeats_an_apply_and_not_a_merge_patch()
    {
        var cut = new HttpRequestException(HttpRequestError.ResponseEnded, "cut");
        _server.Fail(cut).Answer(Stored).Fail(cut);

        await Widgets.ApplyAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ClusterUnreachableException>(() => Widgets.PatchAsync("a", Patch.Merge("{}"), cancellationToken: TestContext.Current.CancellationToken));

        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_refuses_connections_is_named_with_what_to_do()
    {
        var refused = new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));
        _server.Fail(refused).Fail(refused).Fail(refused);

        var error = await Should.ThrowAsync<ClusterUnreachableException>(() => Widgets.CreateAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken));

        error.Message.ShouldBe("Cannot reach http://cluster.test/ (context dev of test): nothing listens there. Start the cluster, or choose another context: kubectl config get-contexts");
    }

    [Fact]
    public async Task A_connection_that_takes_too_long_is_no_cancellation()
    {
        var late = new TaskCanceledException("late", new TimeoutException());
        _server.Fail(late).Fail(late).Fail(late);

        var error = await Should.ThrowAsync<ClusterUnreachableException>(() => Widgets.GetAsync("a", TestContext.Current.CancellationToken));

        error.Message.ShouldContain("no connection in time");
    }

    [Fact]
    public async Task Each_request_is_reported_with_its_answer()
    {
        List<ClientRequest> reported = [];
        _server.Status(503, "ServiceUnavailable", "no").Answer(Stored);
        var widgets = _server.Widgets(options: new KubernetesClientOptions { TimeProvider = _time, OnRequest = reported.Add });

        await widgets.ApplyStatusAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken);

        reported.Select(request => (request.Verb, request.Namespace, request.Name, request.Subresource, request.Code)).ShouldBe(
            [("patch", "default", "a", "status", HttpStatusCode.ServiceUnavailable), ("patch", "default", "a", "status", HttpStatusCode.OK)]);
    }

    [Fact]
    public void Waits_double_and_are_bounded()
    {
        var waits = Enumerable.Range(1, 8).Select(attempt => RetryRule.AfterAnswer(attempt, true, HttpStatusCode.BadGateway, null, 0.5)!.Value.TotalMilliseconds);

        waits.ShouldBe([100, 200, 400, 800, 1600, 3200, 3200, 3200]);
    }

    [Fact]
    public void A_server_cannot_ask_for_more_than_half_a_minute() =>
        RetryRule.AfterAnswer(1, true, HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1), 0.5).ShouldBe(TimeSpan.FromSeconds(30));

    [Fact]
    public void What_the_server_does_not_implement_is_not_asked_again() =>
        RetryRule.AfterAnswer(1, true, HttpStatusCode.NotImplemented, null, 0.5).ShouldBeNull();
}
