using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Metrics;

namespace OperatorKit.Leases;

/// <summary>Takes part in the election that <see cref="ElectionState"/> describes, until stopped.</summary>
internal sealed partial class LeaderElection(
    LeaseStore store, string identity, LeaseOptions options, LeaseMetrics metrics, TimeProvider time, Random random, ILogger logger)
{
    private readonly long _epoch = time.GetTimestamp();
    private volatile bool _leads;

    /// <summary>Whether this process leads now.</summary>
    public bool Leads => _leads;

    private TimeSpan Now => time.GetElapsedTime(_epoch);

    /// <summary>Calls a function when this process gets to lead and another when it ceases to.</summary>
    /// <param name="started">Begins the work.</param>
    /// <param name="stopped">Ends the work: nothing may be written after it has returned. It is given how long the lease is surely ours, which is no time where it is lost.</param>
    /// <param name="cancellationToken">Ends the candidacy; the lease is released.</param>
    public async Task RunAsync(Func<Task> started, Func<TimeSpan, Task> stopped, CancellationToken cancellationToken)
    {
        var state = ElectionState.Initial;
        metrics.Leads(false);
        while (!cancellationToken.IsCancellationRequested)
        {
            var led = state.Leads;
            state = await TryAsync(state, cancellationToken).ConfigureAwait(false);
            if (state.Leads != led)
                await ChangeAsync(state.Leads, started, stopped).ConfigureAwait(false);
            try
            {
                await time.WaitAsync(Pause(state), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        if (!state.Leads)
            return;
        _leads = false;
        metrics.Leads(false);
        // The lease is not renewed any more: what is under way must end before another can take it.
        await stopped(Left(state)).ConfigureAwait(false);
        await ReleaseAsync(state).ConfigureAwait(false);
    }

    private TimeSpan Pause(ElectionState state)
    {
        // Candidates that start together must not stay in step.
        if (state.RenewedAt is null)
            return options.RetryPeriod * (1 + (0.2 * random.NextDouble()));
        var left = Left(state);
        return left < options.RetryPeriod ? left : options.RetryPeriod;
    }

    /// <summary>How long the lease is ours without another renewal.</summary>
    private TimeSpan Left(ElectionState state) =>
        state.RenewedAt is { } renewed && renewed + options.RenewDeadline - Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private async Task ChangeAsync(bool leads, Func<Task> started, Func<TimeSpan, Task> stopped)
    {
        _leads = leads;
        metrics.Leads(leads);
        if (leads)
        {
            LogLeads(identity);
            await started().ConfigureAwait(false);
        }
        else
        {
            LogLost(identity);
            await stopped(TimeSpan.Zero).ConfigureAwait(false);
        }
    }

    private async Task<ElectionState> TryAsync(ElectionState state, CancellationToken cancellationToken)
    {
        // A request that hangs must not outlive the time for which we may believe that we lead.
        var left = state.RenewedAt is { } renewed ? options.RenewDeadline - (Now - renewed) : options.RenewDeadline;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            if (state is { Leads: true, Seen: { } held })
            {
                if (await RenewAsync(held, either.Token).ConfigureAwait(false) is { } renewedState)
                    return renewedState;
                metrics.TookSlowPath();
            }

            state = state.Read(await store.ReadAsync(either.Token).ConfigureAwait(false), identity, Now);
            var sent = Now;
            return state.Next(identity, sent) switch
            {
                ElectionStep.Create => ElectionState.Wrote(await store.CreateAsync(Ours(null), either.Token).ConfigureAwait(false), sent),
                ElectionStep.Acquire => ElectionState.Wrote(await store.UpdateAsync(Ours(state.Seen), either.Token).ConfigureAwait(false), sent),
                ElectionStep.Renew => ElectionState.Wrote(await store.UpdateAsync(Renewed(state.Seen!), either.Token).ConfigureAwait(false), sent),
                _ => state,
            };
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
                LogFailed(exception.Message);
            return state.Passed(Now, options.RenewDeadline);
        }
    }

    /// <summary>Renews the lease as it was seen last, which saves reading it.</summary>
    /// <returns>Null where it has changed since.</returns>
    private async Task<ElectionState?> RenewAsync(LeaseRecord held, CancellationToken cancellationToken)
    {
        var sent = Now;
        try
        {
            return ElectionState.Wrote(await store.UpdateAsync(Renewed(held), cancellationToken).ConfigureAwait(false), sent);
        }
        catch (Exception exception) when (exception is ConflictException or NotFoundException)
        {
            return null;
        }
    }

    private async Task ReleaseAsync(ElectionState state)
    {
        using var deadline = new CancellationTokenSource(options.RetryPeriod, time);
        try
        {
            var released = state.Seen! with { Holder = "", Duration = TimeSpan.FromSeconds(1), RenewTime = UtcNow, AcquireTime = UtcNow };
            await store.UpdateAsync(released, deadline.Token).ConfigureAwait(false);
            LogReleased(identity);
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            LogFailed(exception.Message);
        }
    }

    private DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    private LeaseRecord Ours(LeaseRecord? seen) =>
        new(identity, options.Duration, UtcNow, UtcNow, seen is null ? 0 : seen.Transitions + 1, seen?.ResourceVersion);

    private LeaseRecord Renewed(LeaseRecord seen) => seen with { Duration = options.Duration, RenewTime = UtcNow };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} leads")]
    private partial void LogLeads(string identity);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Identity} no longer leads: its runs are cancelled")]
    private partial void LogLost(string identity);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} has released the lease")]
    private partial void LogReleased(string identity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease could not be read or written: {Problem}")]
    private partial void LogFailed(string problem);
}
