using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Scheduling;

namespace OperatorKit.Leases;

/// <summary>Takes part in the election that <see cref="ElectionState"/> describes, until stopped.</summary>
internal sealed partial class LeaderElection(
    LeaseStore store, string identity, LeaseOptions options, LeaseMetrics metrics, OperatorServices services, ILogger logger)
{
    private readonly TimeProvider _time = services.Time;
    private readonly long _epoch = services.Time.GetTimestamp();

    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>Calls functions when this process gets to lead and when it ceases to.</summary>
    /// <param name="started">Begins the work.</param>
    /// <param name="stopped">
    /// Ends the work: nothing may be written after it has returned. Its token is cancelled when the lease is lost, before the call or during it; until then
    /// the lease is renewed, and released at the end.
    /// </param>
    /// <param name="cancellationToken">Ends the candidacy.</param>
    public async Task RunAsync(Func<Task> started, Func<CancellationToken, Task> stopped, CancellationToken cancellationToken)
    {
        var state = ElectionState.Initial;
        metrics.Leads(false);
        while (!cancellationToken.IsCancellationRequested)
        {
            var led = state.Leads;
            state = await TryAsync(state, cancellationToken).ConfigureAwait(false);
            if (state.Leads && !led)
                await TakeOverAsync(started).ConfigureAwait(false);
            else if (led && !state.Leads)
                await LoseAsync(() => stopped(new CancellationToken(canceled: true))).ConfigureAwait(false);
            await PauseAsync(state, cancellationToken).ConfigureAwait(false);
        }

        if (!state.Leads)
            return;
        state = await HoldAsync(state, stopped).ConfigureAwait(false);
        if (!state.Leads)
            return;
        metrics.Leads(false);
        await ReleaseAsync(state.Seen!).ConfigureAwait(false);
    }

    /// <summary>Renews the lease for as long as the work takes to end: no other replica may begin before.</summary>
    private async Task<ElectionState> HoldAsync(ElectionState state, Func<CancellationToken, Task> stopped)
    {
        using var over = new CancellationTokenSource();
        using var lost = new CancellationTokenSource();
        var ending = EndAsync();
        while (state.Leads && !over.IsCancellationRequested)
        {
            await PauseAsync(state, over.Token).ConfigureAwait(false);
            if (!over.IsCancellationRequested)
                state = await TryAsync(state, over.Token).ConfigureAwait(false);
        }

        if (!state.Leads)
            await LoseAsync(() => services.Scheduler.Cancel(lost)).ConfigureAwait(false);
        await ending.ConfigureAwait(false);
        return state;

        async Task EndAsync()
        {
            await stopped(lost.Token).ConfigureAwait(false);
            await services.Scheduler.Cancel(over).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(ElectionState state, CancellationToken cancellationToken)
    {
        try
        {
            await _time.WaitAsync(Pause(state), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever waits here looks at the token next.
        }
    }

    private TimeSpan Pause(ElectionState state)
    {
        // Candidates that start together must not stay in step.
        if (state.RenewedAt is null)
            return options.RetryPeriod * (1 + (0.2 * services.Random.NextDouble()));
        var left = Left(state);
        return left < options.RetryPeriod ? left : options.RetryPeriod;
    }

    /// <summary>How long the lease is ours without another renewal.</summary>
    private TimeSpan Left(ElectionState state) =>
        state.RenewedAt is { } renewed && renewed + options.RenewDeadline - Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private Task TakeOverAsync(Func<Task> started)
    {
        metrics.Leads(true);
        LogLeads(identity);
        return started();
    }

    private Task LoseAsync(Func<Task> end)
    {
        metrics.Leads(false);
        LogLost(identity);
        return end();
    }

    private async Task<ElectionState> TryAsync(ElectionState state, CancellationToken cancellationToken)
    {
        // A request that hangs must outlive neither the time for which we may believe that we lead nor all of what there is for another try.
        var (left, half) = (state.Leads ? Left(state) : options.RenewDeadline, options.RenewDeadline / 2);
        using var deadline = new CancellationTokenSource(left < half ? left : half, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            if (state is { Leads: true, Seen: { } held })
            {
                if (await WriteAsync(Renewed(held), either.Token).ConfigureAwait(false) is { } renewedState)
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

    /// <summary>Writes the lease from what was seen of it last, which saves reading it.</summary>
    /// <returns>Null where it has changed since.</returns>
    private async Task<ElectionState?> WriteAsync(LeaseRecord lease, CancellationToken cancellationToken)
    {
        var sent = Now;
        try
        {
            return ElectionState.Wrote(await store.UpdateAsync(lease, cancellationToken).ConfigureAwait(false), sent);
        }
        catch (Exception exception) when (exception is ConflictException or NotFoundException)
        {
            return null;
        }
    }

    private async Task ReleaseAsync(LeaseRecord held)
    {
        using var deadline = new CancellationTokenSource(options.RetryPeriod, _time);
        try
        {
            // A renewal that the stop has cut short may have gone through all the same: then the lease is ours in another version.
            if (await WriteAsync(Released(held), deadline.Token).ConfigureAwait(false) is null
                && await store.ReadAsync(deadline.Token).ConfigureAwait(false) is { } found && found.Holder == identity)
            {
                await store.UpdateAsync(Released(found), deadline.Token).ConfigureAwait(false);
            }

            LogReleased(identity);
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            LogFailed(exception.Message);
        }
    }

    private DateTime UtcNow => _time.GetUtcNow().UtcDateTime;

    private LeaseRecord Ours(LeaseRecord? seen) =>
        new(identity, options.Duration, UtcNow, UtcNow, seen is null ? 0 : seen.Transitions + 1, seen?.ResourceVersion);

    private LeaseRecord Released(LeaseRecord held) => held with { Holder = "", Duration = TimeSpan.FromSeconds(1), RenewTime = UtcNow, AcquireTime = UtcNow };

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
