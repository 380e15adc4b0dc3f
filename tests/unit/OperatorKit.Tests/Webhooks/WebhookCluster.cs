using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Webhooks;

/// <summary>A webhook of the sample that a test writes in place.</summary>
internal sealed class ScriptedWebhook : AdmissionWebhook<SimpleApp>
{
    public Func<SimpleApp, AdmissionRequest<SimpleApp>, AdmissionResult> OnValidate { get; init; } = static (_, _) => AdmissionResult.Allowed;

    public Func<SimpleApp, SimpleApp> OnMutate { get; init; } = static app => app;

    public List<AdmissionRequest<SimpleApp>> Requests { get; } = [];

    public override Task<AdmissionResult> ValidateAsync(SimpleApp resource, AdmissionRequest<SimpleApp> request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(OnValidate(resource, request));
    }

    public override Task<SimpleApp> MutateAsync(SimpleApp resource, AdmissionRequest<SimpleApp> request, CancellationToken cancellationToken) =>
        Task.FromResult(OnMutate(resource));
}

/// <summary>An API server in this process, whose clock a test may move, and operators that serve webhooks to it over TLS.</summary>
internal sealed class WebhookCluster : IAsyncDisposable
{
    private WebhookCluster(KubernetesApiServer server, TimeProvider time)
    {
        (Server, Time) = (server, time);
        Client = new KubernetesClient(
            new ClusterConnection { Server = server.Address },
            // Longer than any jump of a virtual clock, which would cut off what is under way.
            new KubernetesClientOptions { Handler = server.CreateHandler(), MaxRetries = 0, RequestTimeout = TimeSpan.FromDays(45), TimeProvider = time, OnWarning = Warnings.Add });
    }

    public KubernetesApiServer Server { get; }

    public TimeProvider Time { get; }

    public KubernetesClient Client { get; }

    public List<string> Warnings { get; } = [];

    public ResourceClient<SimpleApp> Apps => Client.Resource<SimpleApp>("default");

    public static async Task<WebhookCluster> StartAsync(TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var cluster = new WebhookCluster(await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false, Workloads = false, Time = time }), time);
        await cluster.Client.InstallAsync<SimpleApp>(TestContext.Current.CancellationToken);
        return cluster;
    }

    public Task<OperatorHost> RunAsync(ScriptedWebhook webhook, WebhookSettings? validating = null, WebhookSettings? mutating = null, Action<WebhookOptions>? configure = null, int? httpPort = null)
    {
        var options = new OperatorOptions { Name = "shop", HttpPort = httpPort, Webhooks = { OnLoopback = true } };
        configure?.Invoke(options.Webhooks);
        return OperatorHost.StartAsync(
            Client, operators => operators.AddWebhook(validating, mutating, _ => webhook), options, time: Time, cancellationToken: TestContext.Current.CancellationToken);
    }

    public Task<SimpleApp> CreateAsync(string name, int replicas = 1, WriteOptions? options = null) => Apps.CreateAsync(
        new SimpleApp { Metadata = new V1ObjectMeta { Name = name }, Spec = new SimpleAppSpec { Replicas = replicas } }, options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
