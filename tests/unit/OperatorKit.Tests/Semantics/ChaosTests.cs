using System.Net;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

/// <summary>Everything goes wrong for a while, as a seed decides; afterwards the cluster must be as the specs say.</summary>
public sealed class ChaosTests
{
    private const int Steps = 120;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task After_any_faults_the_cluster_converges(int seed)
    {
        var random = new Random(seed);
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        using var pumping = new CancellationTokenSource();
        var pump = PumpAsync(time, pumping.Token);
        var faults = new Faults(seed);
        cluster.Requests.Intercept = faults.Answer;
        cluster.Requests.LosesAnswer = faults.LosesAnswer;

        var host = await RunAsync(cluster, faults);
        for (var step = 0; step < Steps; step++)
        {
            host = await StepAsync(cluster, host, faults, random);
        }

        faults.Stop();
        foreach (var app in await cluster.Apps.ListAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            await ConvergedAsync(cluster, app.Metadata.Name!, seed);
        }

        (await cluster.Apps.ListAsync()).ShouldAllBe(app => app.Metadata.DeletionTimestamp == null, $"seed {seed}");
        await host.DisposeAsync();
        await pumping.CancelAsync();
        await pump;
    }

    public static TheoryData<int> Seeds()
    {
        // OPERATORKIT_SEEDS=100-200 tries others.
        var range = (Environment.GetEnvironmentVariable("OPERATORKIT_SEEDS") ?? "1-8").Split('-');
        var (first, last) = (Number(range[0]), Number(range[^1]));
        return [.. Enumerable.Range(first, last - first + 1)];

        static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<OperatorHost> RunAsync(Cluster cluster, Faults faults) => cluster.RunAsync(
        new ScriptedHandler
        {
            OnReconcile = (scope, context, token) => faults.Happens(0.1)
                ? throw new InvalidOperationException("the handler has a bad day")
                : ScriptedHandler.EnsureAsync(scope, context, token),
        },
        HandlerMethods.Create | HandlerMethods.Update | HandlerMethods.Delete,
        options => options.Concurrency = 4,
        new OperatorOptions { StopGrace = TimeSpan.Zero, WaitForPrerequisites = true });

    private static async Task<OperatorHost> StepAsync(Cluster cluster, OperatorHost host, Faults faults, Random random)
    {
        var name = $"app-{random.Next(4)}";
        var client = cluster.Client.Resource<SimpleApp>(Cluster.Namespace);
        try
        {
            switch (random.Next(12))
            {
                case 0 or 1 or 2:
                    await cluster.CreateAsync(name, random.Next(1, 9));
                    break;
                case 3 or 4 or 5:
                    await cluster.ScaleAsync(name, random.Next(1, 9));
                    break;
                case 6:
                    await client.DeleteAsync(name);
                    break;
                case 7:
                    await cluster.ReplicaSets.DeleteAsync($"{name}-replicaset");
                    break;
                case 8:
                    await cluster.ReplicaSets.PatchAsync($"{name}-replicaset", Patch.Merge("""{"spec":{"replicas":99}}"""));
                    break;
                case 9:
                    cluster.Requests.Reconnect();
                    break;
                case 10:
                    cluster.Server.Compact();
                    cluster.Requests.Reconnect();
                    break;
                default:
                    await host.DisposeAsync();
                    return await RunAsync(cluster, faults);
            }
        }
        catch (KubernetesException)
        {
            // There already, or not there: both are fine.
        }

        await Task.Delay(random.Next(4), TestContext.Current.CancellationToken);
        return host;
    }

    private static async Task ConvergedAsync(Cluster cluster, string name, int seed)
    {
        try
        {
            var app = await cluster.UntilAsync<SimpleApp>(name, found => found is null
                || (found.Metadata.DeletionTimestamp is null
                    && found.Status?.ObservedGeneration == found.Metadata.Generation
                    && found.Status!.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" })));
            if (app is not null)
            {
                await cluster.UntilAsync<V1ReplicaSet>($"{name}-replicaset", child => child?.Spec?.Replicas == app.Spec.Replicas
                    && child.Metadata!.OwnerReferences!.Any(owner => owner.Uid == app.Metadata.Uid));
            }
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Seed {seed}: {exception.Message}", exception);
        }
    }

    /// <summary>Lets virtual time pass much faster than real time, so that back-offs cost nothing.</summary>
    private static async Task PumpAsync(ManualTime time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, CancellationToken.None);
        }
    }

    /// <summary>What goes wrong.</summary>
    private sealed class Faults(int seed)
    {
        private readonly Random _random = new(seed * 7919);
        private readonly Lock _lock = new();
        private volatile bool _over;

        public void Stop() => _over = true;

        public bool Happens(double probability)
        {
            lock (_lock)
            {
                return !_over && _random.NextDouble() < probability;
            }
        }

        public HttpResponseMessage? Answer(HttpRequestMessage request)
        {
            if (Happens(0.03))
                throw new HttpRequestException("The connection broke before the server read the request.");
            if (Happens(0.03))
                return Status(HttpStatusCode.Conflict, "Conflict");
            if (Happens(0.03))
                return Status(HttpStatusCode.InternalServerError, "InternalError");
            return Happens(0.03) ? Status(HttpStatusCode.TooManyRequests, "TooManyRequests") : null;
        }

        public bool LosesAnswer(HttpRequestMessage request) => Happens(0.05);

        private static HttpResponseMessage Status(HttpStatusCode code, string reason) => new(code)
        {
            Content = new StringContent(
                $$"""{"apiVersion":"v1","kind":"Status","status":"Failure","reason":"{{reason}}","message":"a fault on purpose","code":{{(int)code}}}"""),
        };
    }
}
