using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Telemetry;

public sealed class LogTests
{
    [Fact]
    public async Task Every_entry_of_a_run_carries_the_object_and_the_id_of_the_run()
    {
        using var log = new ScopeLog();
        await using var cluster = await Cluster.StartAsync();
        var ids = new ConcurrentQueue<string>();
        var handler = new ScriptedHandler
        {
            OnReconcile = async (_, context, token) =>
            {
                ids.Enqueue(context.ReconcileId);
                await Task.Yield();
                context.Logger.Log(LogLevel.Information, "from the handler");
                throw new IOException("disk");
            },
        };
        await using var host = await OperatorHost.StartAsync(
            cluster.OperatorClient,
            operators => operators.AddController<SimpleApp, ScriptedHandler>(HandlerMethods.Create, [], _ => handler, options => options.BackOffInitial = TimeSpan.FromMinutes(1)),
            loggers: new LoggerFactory([log]),
            cancellationToken: TestContext.Current.CancellationToken);

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app", "False");

        var run = $"controller=simpleapp kind=SimpleApp namespace={Cluster.Namespace} name=app reconcileID={ids.First()}";
        log.Entries.ShouldContain($"from the handler | {run}");
        log.Entries.ShouldContain($"Handler failed (HandlerFailed): IOException: disk | {run}");
        log.Entries.ShouldContain("Controller simpleapp works | ");
    }

    [Fact]
    public async Task A_failure_whose_message_says_it_all_is_one_entry_without_a_stack()
    {
        using var log = new ScopeLog();
        await using var cluster = await Cluster.StartAsync();
        var handler = new ScriptedHandler { OnReconcile = static (_, _, _) => throw new TerminalException("there is no such size") };
        await using var host = await OperatorHost.StartAsync(
            cluster.OperatorClient,
            operators => operators.AddController<SimpleApp, ScriptedHandler>(HandlerMethods.Create, [], _ => handler),
            loggers: new LoggerFactory([log]),
            cancellationToken: TestContext.Current.CancellationToken);

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app", "False");

        log.Entries.Where(static entry => entry.Contains("there is no such size", StringComparison.Ordinal)).ShouldHaveSingleItem();
        log.Exceptions.ShouldBeEmpty();
    }

    private sealed class ScopeLog : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> Entries { get; } = new();

        public ConcurrentQueue<Exception> Exceptions { get; } = new();

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
                Exceptions.Enqueue(exception);
            var scope = new List<string>();
            _scopes.ForEachScope((pushed, into) => into.AddRange((pushed as IEnumerable<KeyValuePair<string, object?>> ?? []).Select(pair => $"{pair.Key}={pair.Value}")), scope);
            Entries.Enqueue($"{formatter(state, exception)} | {string.Join(' ', scope)}");
        }

        public void Dispose()
        {
        }
    }
}
