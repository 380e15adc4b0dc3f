using System.Text;
using System.Text.Json.Nodes;
using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Tests.Samples;

/// <summary>An API server in this process with the sample's CRD, a client to it, and operators on it.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string Namespace = "default";

    /// <summary>How long, in real time, a test waits for what must come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IAsyncDisposable> _running = [];
    private KubernetesApiServer _server = null!;

    private Cluster(TimeProvider time)
    {
        Time = time;
        Requests = new RecordingHandler(() => _server.CreateHandler());
    }

    public TimeProvider Time { get; }

    /// <summary>What the operators send.</summary>
    public RecordingHandler Requests { get; }

    /// <summary>The client of the operators.</summary>
    public KubernetesClient OperatorClient { get; private set; } = null!;

    /// <summary>The client of the test.</summary>
    public KubernetesClient Client { get; private set; } = null!;

    public KubernetesApiServer Server => _server;

    public ResourceClient<SimpleApp> Apps => Client.Resource<SimpleApp>(Namespace);

    public ResourceClient<V1ReplicaSet> ReplicaSets => Client.Resource<V1ReplicaSet>(Namespace);

    public static async Task<Cluster> StartAsync(bool workloads = false, bool installCrd = true, TimeProvider? time = null)
    {
        var cluster = new Cluster(time ?? TimeProvider.System);
        await cluster.StartServerAsync(workloads, installCrd);
        // Longer than any jump of a virtual clock, which would cut off what is under way.
        var patience = TimeSpan.FromDays(45);
        cluster.OperatorClient = new KubernetesClient(
            cluster.Connection, new KubernetesClientOptions { Handler = cluster.Requests, MaxRetries = 0, RequestTimeout = patience, TimeProvider = cluster.Time });
        return cluster;
    }

    public ClusterConnection Connection => new() { Server = _server.Address };

    /// <summary>Replaces the server by a new one, empty but for the CRD.</summary>
    public async Task StartServerAsync(bool workloads = false, bool installCrd = true)
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false, Workloads = workloads });
        Client?.Dispose();
        Client = new KubernetesClient(Connection, new KubernetesClientOptions { Handler = _server.CreateHandler() });
        if (installCrd)
            await InstallCrdAsync();
    }

    public Task InstallCrdAsync() => InstallCrdAsync<SimpleApp>();

    public async Task InstallCrdAsync<T>()
        where T : CustomResource, ICustomResource<T>
    {
        using var http = new HttpClient(_server.CreateHandler()) { BaseAddress = _server.Address };
        using var body = new ByteArrayContent(T.CustomResourceDefinitionJson.ToArray());
        body.Headers.ContentType = new("application/json");
        using var answer = await http.PostAsync("apis/apiextensions.k8s.io/v1/customresourcedefinitions", body);
        answer.EnsureSuccessStatusCode();
        while ((await http.GetAsync($"apis/{T.Definition.Group}/{T.Definition.Version}/{T.Definition.Plural}")).StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            await Task.Yield();
        }
    }

    public async Task<OperatorHost> RunAsync(
        ScriptedHandler handler,
        HandlerMethods methods = HandlerMethods.Create | HandlerMethods.Update | HandlerMethods.Reconcile,
        Action<ControllerOptions>? configure = null,
        OperatorOptions? options = null,
        params IReadOnlyList<Hook<SimpleApp>> hooks)
    {
        var host = await OperatorHost.StartAsync(
            OperatorClient,
            operators => operators.AddController<SimpleApp, ScriptedHandler>(methods, [OwnedKind.Of<V1ReplicaSet>()], _ => handler, configure, hooks),
            options ?? new OperatorOptions { StopGrace = TimeSpan.Zero },
            time: Time,
            cancellationToken: TestContext.Current.CancellationToken);
        _running.Add(host);
        return host;
    }

    public Task<SimpleApp> CreateAsync(string name, int replicas = 1) => Apps.CreateAsync(new SimpleApp
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = Namespace },
        Spec = new SimpleAppSpec { Replicas = replicas },
    });

    public Task ScaleAsync(string name, int replicas) => Apps.PatchAsync(name, Patch.Merge($$$"""{"spec":{"replicas":{{{replicas}}}}}"""));

    /// <summary>Waits until an object is as wanted; null stands for an object that is not there.</summary>
    public async Task<T?> UntilAsync<T>(string name, Func<T?, bool> wanted)
        where T : class, IKubernetesResource<T>
    {
        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, TestContext.Current.CancellationToken);
        var client = Client.Resource<T>(Namespace);
        var last = default(T);
        try
        {
            var list = await client.ListAsync(new ListOptions { FieldSelector = $"metadata.name={name}" }, either.Token);
            last = list.FirstOrDefault();
            if (wanted(last))
                return last;
            var options = new WatchOptions { FieldSelector = $"metadata.name={name}", ResourceVersion = list.ResourceVersion };
            await foreach (var seen in client.WatchAsync(options, either.Token))
            {
                last = seen.Type == WatchEventType.Deleted ? null : seen.Object;
                if (wanted(last))
                    return last;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Reported below with what was there instead.
        }

        throw new TimeoutException($"{T.Definition.Kind} {name} did not get as wanted within {Patience}. It is: {Show(last)}");
    }

    public Task<SimpleApp?> UntilReadyAsync(string name, string status = "True") => UntilAsync<SimpleApp>(
        name, app => app?.Status?.Conditions.Any(condition => condition.Type == "Ready" && condition.Status == status) ?? false);

    /// <summary>Waits for something that no object shows.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <summary>Waits for something that has to be asked for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The Events about an object, as reason and count.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync()
    {
        using var http = new HttpClient(_server.CreateHandler()) { BaseAddress = _server.Address };
        var list = JsonNode.Parse(await http.GetStringAsync($"apis/events.k8s.io/v1/namespaces/{Namespace}/events"))!;
        return [.. list["items"]!.AsArray().Select(item => $"{item!["type"]} {item["reason"]}: {item["note"]}")];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running)
        {
            await running.DisposeAsync();
        }

        OperatorClient.Dispose();
        Client.Dispose();
        await _server.DisposeAsync();
    }

    private static string Show<T>(T? found)
        where T : class, IKubernetesResource<T>
    {
        if (found is null)
            return "not there";
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            T.WriteJson(writer, found);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
