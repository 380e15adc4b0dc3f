using System.Collections.Concurrent;
using System.Net;
using System.Text;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Watching;

public sealed class StreamedListTests
{
    private readonly ScriptedHandler _handler = new();
    private readonly ConcurrentQueue<string> _reads = new();

    [Fact]
    public async Task A_server_that_can_sends_the_first_list_as_a_stream()
    {
        await using var cluster = await StartAsync(static _ => null);

        await cluster.RunAsync(_handler, options: new OperatorOptions { StopGrace = TimeSpan.Zero });
        await cluster.UntilReadyAsync("app");

        _reads.First().ShouldContain("sendInitialEvents=true");
        _reads.ShouldAllBe(query => query.Contains("watch=true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_refuses_the_stream_is_asked_for_a_list()
    {
        await using var cluster = await StartAsync(static request => request.RequestUri!.Query.Contains("sendInitialEvents", StringComparison.Ordinal)
            ? Answer(HttpStatusCode.UnprocessableEntity, """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Invalid","code":422,"message":"sendInitialEvents is forbidden"}""")
            : null);

        await cluster.RunAsync(_handler, options: new OperatorOptions { StopGrace = TimeSpan.Zero });
        await cluster.UntilReadyAsync("app");

        _reads.ElementAt(1).ShouldNotContain("watch=true");
    }

    [Fact]
    public async Task An_old_server_is_not_asked_for_a_stream()
    {
        await using var cluster = await StartAsync(static request => request.RequestUri!.AbsolutePath == "/version"
            ? Answer(HttpStatusCode.OK, """{"major":"1","minor":"31+","gitVersion":"v1.31.2"}""")
            : null);

        await cluster.RunAsync(_handler, options: new OperatorOptions { StopGrace = TimeSpan.Zero });
        await cluster.UntilReadyAsync("app");

        _reads.ShouldNotContain(query => query.Contains("sendInitialEvents", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_that_the_server_has_forgotten_are_found_by_the_next_stream()
    {
        await using var cluster = await StartAsync(static _ => null);
        await cluster.RunAsync(_handler, options: new OperatorOptions { StopGrace = TimeSpan.Zero });
        await cluster.UntilReadyAsync("app");

        cluster.Requests.BreakWatches();
        await cluster.Apps.DeleteAsync("app");
        await cluster.CreateAsync("app", replicas: 2);
        cluster.Server.Compact();

        await cluster.UntilReadyAsync("app");
        _handler.Calls.Count(call => call == "Create app").ShouldBe(2);
    }

    private static HttpResponseMessage Answer(HttpStatusCode code, string json) => new(code) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private async Task<Cluster> StartAsync(Func<HttpRequestMessage, HttpResponseMessage?> intercept)
    {
        var cluster = await Cluster.StartAsync();
        await cluster.CreateAsync("app");
        cluster.Requests.Intercept = request =>
        {
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/simpleapps", StringComparison.Ordinal))
                _reads.Enqueue(request.RequestUri.Query);
            return intercept(request);
        };
        return cluster;
    }
}
