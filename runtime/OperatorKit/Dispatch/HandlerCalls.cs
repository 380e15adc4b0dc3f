using OperatorKit.Caching;
using OperatorKit.Hosting;

namespace OperatorKit.Dispatch;

/// <summary>Calls a method of a handler for one object: with a deadline, and with a context that ends with the call.</summary>
internal sealed class HandlerCalls<TResource>(RunServices services, TimeSpan timeout, ControllerMetrics metrics, OperatorServices given, string runPrefix, HandlerProbe? probe)
    where TResource : CustomResource, ICustomResource<TResource>
{
    private long _runs;

    public RunServices Services => services;

    /// <summary>A name for one run, for logs.</summary>
    public string NextId() => $"{runPrefix}-{Interlocked.Increment(ref _runs):x}";

    /// <summary>Calls a method.</summary>
    /// <returns>What it returned, and when it wants to run again.</returns>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<(ResourceStatus? Returned, TimeSpan? Requeue)> CallAsync(
        TResource resource,
        TResource? previous,
        HandlerMethods method,
        AppliedChildren children,
        string runId,
        Func<ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
        CancellationToken cancellationToken)
    {
        HandlerRun? run = null;
        try
        {
            var returned = await HandlerDeadline.RunAsync(
                token =>
                {
                    run = new HandlerRun(services, resource, children, runId, token);
                    return Probed(call, new ReconcileScope<TResource>(resource, previous, method, run), token);
                },
                timeout,
                given.Time,
                given.Scheduler,
                cancellationToken).ConfigureAwait(false);
            return (returned, run?.Requeue);
        }
        catch (TimeoutException)
        {
            metrics.TimedOut();
            throw;
        }
        finally
        {
            run?.Dispose();
        }
    }

    private Task<ResourceStatus?> Probed(
        Func<ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call, ReconcileScope<TResource> scope, CancellationToken cancellationToken)
    {
        return probe is null ? call(scope, cancellationToken) : CallAsync(probe(services.Controller, scope.Resource, scope.Method));

        async Task<ResourceStatus?> CallAsync(Action<Exception?> ended)
        {
            try
            {
                var status = await call(scope, cancellationToken).ConfigureAwait(false);
                ended(null);
                return status;
            }
            catch (Exception exception)
            {
                ended(exception);
                throw;
            }
        }
    }

    /// <summary>Marks the log entries of a run.</summary>
    public IDisposable? BeginScope(ObjectKey key, string runId) =>
        services.Logger.BeginScope(new RunLogScope(services.Controller, TResource.Definition.Kind, key, runId));
}
