using OperatorKit.Models;

namespace OperatorKit.Client.Tests.Requests;

public sealed class SharedClientTests
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_end_of_a_client_cancels_what_is_under_way_and_sends_nothing_more()
    {
        using var silent = new SilentServer(_arrived);
        using var client = new KubernetesClient(new ClusterConnection { Server = new Uri("http://cluster") }, new KubernetesClientOptions { Handler = silent });
        using var end = new CancellationTokenSource();
        var pods = client.BoundTo(end.Token).Resource<V1Pod>("default");

        var underWay = pods.GetAsync("one");
        await _arrived.Task;
        await end.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => underWay);
        await Should.ThrowAsync<OperationCanceledException>(() => pods.GetAsync("two"));
        silent.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task An_observer_sees_the_requests_of_all_that_share_the_connections_until_it_is_disposed()
    {
        using var silent = new SilentServer(_arrived) { Fails = true };
        using var client = new KubernetesClient(
            new ClusterConnection { Server = new Uri("http://cluster") }, new KubernetesClientOptions { Handler = silent, MaxRetries = 0 });
        var seen = new List<string?>();
        var observation = client.Observe(request => seen.Add(request.Name));

        await FailAsync(client, "one");
        await FailAsync(client.BoundTo(CancellationToken.None), "two");
        observation.Dispose();
        await FailAsync(client, "three");

        seen.ShouldBe(["one", "two"]);

        static Task FailAsync(KubernetesClient client, string name) =>
            Should.ThrowAsync<ClusterUnreachableException>(() => client.Resource<V1Pod>("default").GetAsync(name));
    }

    private sealed class SilentServer(TaskCompletionSource arrived) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        public bool Fails { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            arrived.TrySetResult();
            if (!Fails)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new HttpRequestException("refused");
        }
    }
}
