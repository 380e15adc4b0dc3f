using OperatorKit.Queueing;

namespace OperatorKit.Dispatch;

internal sealed partial class Reconciler<TResource>
{
    /// <summary>Calls the field handlers whose member has changed since each of them succeeded last. One that fails does not stop the others.</summary>
    private async Task<RunOutcome> RunFieldsAsync(
        TResource resource, ObjectProgress<TResource> progress, Cause cause, RunOutcome outcome, string runId, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _hooks.Fields.Length; i++)
        {
            var (hook, field) = (_hooks.Fields[i], progress.Fields[i]);
            field.Pending = null;
            if (!IsDue(hook, field, resource, cause))
            {
                outcome = outcome.With(field.GivenUp);
                continue;
            }

            try
            {
                // Each sees the status that those before it have returned.
                var seen = outcome.Status is { } status ? (TResource)resource.WithObservedStatus(status) : resource;
                var (returned, requeue) = await _calls.CallAsync(
                    seen, field.Handled, HandlerMethods.None, progress.Children, runId, (run, token) => hook.Call(_hooks.Target, run, token), cancellationToken)
                    .ConfigureAwait(false);
                outcome = outcome.With(returned, requeue);
                (field.Pending, field.GivenUp) = (resource, null);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                outcome = outcome.With(FieldFailed(hook, field, resource, exception, progress.Failures));
            }
        }

        return outcome;
    }

    private static bool IsDue(FieldHook<TResource> hook, FieldProgress<TResource> field, TResource resource, Cause cause)
    {
        if (!hook.Matches(field.Handled, resource))
            return false;
        var isDue = field.Handled is null ? cause is Cause.Create or Cause.Update : hook.Changed(field.Handled, resource);
        // The newest state with this value stands for it: the older one can go.
        if (!isDue)
            field.Handled = resource;
        return isDue;
    }

    private Failure FieldFailed(FieldHook<TResource> hook, FieldProgress<TResource> field, TResource resource, Exception exception, int failures)
    {
        _metrics.Failed(exception);
        var failure = Failure.Of(exception, failures);
        failure = failure with { Message = $"{hook.Name}: {failure.Message}" };
        if (failure.Next.Result == RunResult.Requeue)
            LogConflict(failure.Message);
        else
            Report(resource, failure, exception);
        if (failure.Next.Result == RunResult.Terminal)
            (field.Handled, field.GivenUp) = (resource, failure);
        return failure;
    }
}

/// <summary>What has come of a run so far.</summary>
/// <param name="Status">The status returned last; null where none was.</param>
/// <param name="Requeue">The shortest wait asked for; null where none was.</param>
/// <param name="Failure">The failure that asks for the earliest retry; null where nothing has failed.</param>
internal readonly record struct RunOutcome(ResourceStatus? Status = null, TimeSpan? Requeue = null, Failure? Failure = null)
{
    public RunOutcome With(ResourceStatus? returned, TimeSpan? requeue) => this with
    {
        Status = returned ?? Status,
        Requeue = Requeue is null || requeue < Requeue ? requeue ?? Requeue : Requeue,
    };

    public RunOutcome With(Failure? failure) =>
        failure is { } failed && (Failure is not { } known || Urgency(failed) > Urgency(known)) ? this with { Failure = failed } : this;

    private static int Urgency(in Failure failure) => failure.Next.Result switch
    {
        RunResult.Terminal => 0,
        RunResult.Error => 1,
        _ => 2,
    };
}
