using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Dispatch;
using OperatorKit.Eventing;
using OperatorKit.Health;
using OperatorKit.Hosting;
using OperatorKit.Leases;
using OperatorKit.Metrics;
using OperatorKit.Scheduling;
using OperatorKit.Watching;
using OperatorKit.Webhooks;
using OperatorKit.Webhooks.Admission;
using OperatorKit.Webhooks.Serving;

namespace OperatorKit;

/// <summary>A running operator: its caches, its controllers, its lease and its endpoints.</summary>
public sealed partial class OperatorHost : IAsyncDisposable
{
    private readonly KubernetesClient _client;
    private readonly OperatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OperatorMetrics _metrics;
    private readonly CacheSet _caches;
    private readonly EventRecorder _events;
    private readonly OperatorHealth _health;
    private readonly IReadOnlyList<IController> _controllers;
    private readonly IReadOnlySet<ResourceDefinition> _handled;
    private readonly IReadOnlyList<Right> _rights;
    private readonly LeaderElection? _election;
    private readonly IDisposable _requests;
    private readonly IReadOnlyList<WebhookRegistration> _webhooks;
    private readonly IReadOnlyList<KindConversion> _conversions;
    private readonly OperatorServices _given;
    private readonly CancellationTokenSource _watching = new();
    private readonly CancellationTokenSource _candidacy = new();
    private readonly TaskScheduler _scheduler;
    private readonly TaskCompletionSource _working;
    private Task _electing = Task.CompletedTask;
    private IServer? _server;
    private WebhookHost? _webhookHost;
    private int _stopped;

    private OperatorHost(KubernetesClient client, OperatorBuilder builder, OperatorServices given)
    {
        _client = client;
        _given = given;
        _metrics = given.Metrics ?? new OperatorMetrics();
        _webhooks = builder.Webhooks;
        _conversions = builder.Conversions;
        _options = given.Options;
        _time = given.Time;
        _requests = client.Observe(new RequestMetrics(_metrics, client.Connection.Server).Sent);
        _scheduler = given.Scheduler;
        _working = _scheduler.NewCompletionSource();
        _logger = given.Loggers.CreateLogger("OperatorKit");
        _caches = new CacheSet(client, _metrics, given, _logger);
        var identity = OperatorIdentity.Of(_options, given.Random);
        _events = new EventRecorder(client, _options.Name, identity, given, _logger);
        var parts = new ControllerParts(client, _caches, _events, _metrics, given, identity);
        _controllers = [.. builder.Controllers.Select(registration => registration.Build(
            parts, [.. builder.Controllers.Where(sibling => sibling.Definition == registration.Definition)]))];
        _handled = builder.Controllers.Select(static registration => registration.Definition).ToHashSet();
        _rights = [.. builder.Controllers.SelectMany(registration => registration.Rights(parts)).Distinct()];
        _health = new OperatorHealth(() => _caches.Informers);
        if (_options.LeaderElection)
        {
            var lease = _options.Lease.NameFor(_options);
            var store = new LeaseStore(client, _options.Lease.Namespace ?? client.Connection.Namespace, lease);
            _election = new LeaderElection(store, identity, _options.Lease, new LeaseMetrics(_metrics, lease), given, _logger);
        }
    }

    /// <summary>Where <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> are; null where <see cref="OperatorOptions.HttpPort"/> is.</summary>
    public Uri? HttpAddress { get; private set; }

    /// <summary>Completes when the controllers work: at the start, or, with leader election, when this replica gets to lead.</summary>
    public Task Working => _working.Task;

    /// <summary>Starts an operator: lists what it watches, then lets its controllers work.</summary>
    /// <param name="client">The cluster. The caller disposes it, after the operator.</param>
    /// <param name="configure">Adds the controllers, as in <c>operators => operators.AddSimpleAppOperator()</c>.</param>
    /// <param name="options">How to run. Default: all namespaces, no leader election, no endpoints.</param>
    /// <param name="services">What handlers are made from. Default: nothing.</param>
    /// <param name="loggers">Where to log. Default: nowhere.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="seed">Makes jitter and names repeatable. Default: random.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The operator, its caches filled; stop it by disposing it.</returns>
    /// <exception cref="OperatorStartException">The cluster lacks a kind or a permission, or does not answer.</exception>
    public static Task<OperatorHost> StartAsync(
        KubernetesClient client,
        Action<OperatorBuilder> configure,
        OperatorOptions? options = null,
        IServiceProvider? services = null,
        ILoggerFactory? loggers = null,
        TimeProvider? time = null,
        int? seed = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(configure);
        var random = new SharedRandom(seed is { } given ? new Random(given) : new Random());
        return StartAsync(
            client,
            configure,
            new OperatorServices(
                options ?? new OperatorOptions(),
                services ?? NoServices.Instance,
                loggers ?? NullLoggerFactory.Instance,
                time ?? TimeProvider.System,
                random,
                TaskScheduler.Default),
            cancellationToken);
    }

    internal static async Task<OperatorHost> StartAsync(
        KubernetesClient client, Action<OperatorBuilder> configure, OperatorServices given, CancellationToken cancellationToken)
    {
        given.Options.Validate();
        var builder = new OperatorBuilder(given.Options);
        configure(builder);
        if (builder.Controllers.Count + builder.Webhooks.Count + builder.Conversions.Count == 0)
            throw new InvalidOperationException("The operator has no controllers. Add one, as in: operators => operators.AddSimpleAppOperator().");
        var host = new OperatorHost(client, builder, given);
        try
        {
            await host.StartAsync(given.Loggers, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has an object handled soon although nothing in the cluster changed, as when a system outside calls back. Nothing happens while another replica leads.</summary>
    /// <typeparam name="TResource">The kind.</typeparam>
    /// <param name="name">The object's name.</param>
    /// <param name="namespace">Its namespace; null for an object of the cluster.</param>
    public void Enqueue<TResource>(string name, string? @namespace)
        where TResource : CustomResource, ICustomResource<TResource>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (var controller in _controllers)
        {
            controller.Enqueue(TResource.Definition, new ObjectKey(@namespace ?? "", name));
        }
    }

    /// <summary>Stops: no new runs, a while for those that are on, then the lease, the watches and the endpoints.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        _health.Stopping();
        await _scheduler.Cancel(_candidacy).ConfigureAwait(false);
        await _electing.ConfigureAwait(false);
        await StopControllersAsync(CancellationToken.None).ConfigureAwait(false);
        await _scheduler.Cancel(_watching).ConfigureAwait(false);
        await _caches.StoppedAsync().ConfigureAwait(false);
        await _events.DisposeAsync().ConfigureAwait(false);
        if (_webhookHost is not null)
            await _webhookHost.DisposeAsync().ConfigureAwait(false);
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None).ConfigureAwait(false);
            _server.Dispose();
        }

        _requests.Dispose();
        _metrics.Dispose();
        _watching.Dispose();
        _candidacy.Dispose();
        LogStopped();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private async Task StartAsync(ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (_options.HttpPort is { } port)
        {
            (_server, HttpAddress) = await new HttpEndpoints(_health, _metrics)
                .StartAsync(port, _options.HttpOnAllAddresses, loggers, cancellationToken).ConfigureAwait(false);
        }

        // Before the first lists, which may need objects to be converted.
        if (_given.ServeWebhooks is { } serve)
            serve(WebhookApplication.Of(_webhooks, _conversions, _given, _metrics));
        else if (_options.Webhooks.AreServed && _webhooks.Count + _conversions.Count > 0)
            _webhookHost = await WebhookHost.StartAsync(_client, _webhooks, _conversions, _given, _metrics, cancellationToken).ConfigureAwait(false);
        _events.Start();
        _caches.Start(_watching.Token);
        if (_caches.Informers.Count > 0)
        {
            // The list of namespaces may bring further informers.
            await Startup.WaitForListsAsync(_caches.Informers, _handled, _options, _time, cancellationToken).ConfigureAwait(false);
            await Startup.WaitForListsAsync(_caches.Informers, _handled, _options, _time, cancellationToken).ConfigureAwait(false);
        }

        if (!_options.WaitForPrerequisites)
            await RightsCheck.RequireAsync(_client, _rights, _options.Name, Startup.Manifests, cancellationToken).ConfigureAwait(false);
        if (_election is null)
            await StartControllersAsync().ConfigureAwait(false);
        else
            _electing = _scheduler.Start(() => _election.RunAsync(StartControllersAsync, StopControllersAsync, _candidacy.Token));
    }

    private Task StartControllersAsync()
    {
        foreach (var controller in _controllers)
        {
            controller.Start();
            LogStarted(controller.Name);
        }

        _working.TrySetResult();
        return Task.CompletedTask;
    }

    private Task StopControllersAsync(CancellationToken atOnce) =>
        Task.WhenAll(_controllers.Select(controller => controller.StopAsync(_options.StopGrace, atOnce)));

    [LoggerMessage(Level = LogLevel.Information, Message = "Controller {Name} works")]
    private partial void LogStarted(string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "The operator has stopped")]
    private partial void LogStopped();
}
