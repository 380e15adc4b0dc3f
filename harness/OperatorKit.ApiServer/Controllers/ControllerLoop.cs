using System.Threading.Channels;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>
/// Runs all controllers, one decision at a time: takes in every change, asks the controllers which objects it concerns,
/// and lets them decide on a view that holds the effects of everything done before.
/// </summary>
internal sealed class ControllerLoop(IReadOnlyList<IController> controllers, ActionCarrier carry, PendingWork pending, TimeProvider time, Loops loops) : IAsyncDisposable
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly Channel<Message> _inbox = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = loops.WakeInline });
    private readonly ClusterView _view = new();
    private readonly Queue<WorkItem> _queue = [];
    private readonly HashSet<WorkItem> _queued = [];
    private readonly Dictionary<WorkItem, int> _failures = [];
    private readonly Dictionary<WorkItem, Alarm> _alarms = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public void Start() => _run = loops.Start(() => RunAsync(_stop.Token));

    /// <summary>Takes in a change. Called by the store for each commit, in order; returns at once.</summary>
    public void Observe(ObjectChange change) => Post(new Message(change, null));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var alarm in _alarms.Values)
            await alarm.Timer.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _inbox.Reader.WaitToReadAsync(cancellationToken))
        {
            await loops.LeaveWriterAsync();
            do
            {
                while (_inbox.Reader.TryRead(out var message))
                    Take(message);
                if (_queue.TryDequeue(out var item))
                    await WorkAsync(item, cancellationToken);
            }
            while (_queue.Count > 0);
        }
    }

    private void Take(Message message)
    {
        if (message.Due is { } due)
        {
            if (_alarms.Remove(due, out var alarm))
                alarm.Timer.Dispose();
            Enqueue(due);
        }
        else
        {
            _view.Apply(message.Change);
            for (var i = 0; i < controllers.Count; i++)
            {
                foreach (var key in controllers[i].Affected(message.Change, _view))
                    Enqueue(new WorkItem(i, key));
            }
        }

        pending.End();
    }

    private void Enqueue(WorkItem item)
    {
        if (!_queued.Add(item))
            return;
        pending.Begin();
        _queue.Enqueue(item);
    }

    private async Task WorkAsync(WorkItem item, CancellationToken cancellationToken)
    {
        _queued.Remove(item);
        try
        {
            var decision = controllers[item.Controller].Decide(item.Key, _view, time.GetUtcNow());
            Continue(item, await CarryOutAsync(item, decision, cancellationToken), decision.LookAgainAt);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One object that cannot be handled must not stop the others.
            Continue(item, ActionOutcome.Refused, null);
        }
        finally
        {
            pending.End();
        }
    }

    private async ValueTask<ActionOutcome> CarryOutAsync(WorkItem item, Decision decision, CancellationToken cancellationToken)
    {
        foreach (var action in decision.Actions)
        {
            var outcome = await carry(controllers[item.Controller].Name, action, cancellationToken);
            if (outcome != ActionOutcome.Done)
                return outcome;
        }

        return ActionOutcome.Done;
    }

    private void Continue(WorkItem item, ActionOutcome outcome, DateTimeOffset? lookAgainAt)
    {
        if (outcome == ActionOutcome.Done)
        {
            _failures.Remove(item);
            if (lookAgainAt is { } at)
                SetAlarm(item, at);
            return;
        }

        var failures = _failures[item] = _failures.GetValueOrDefault(item) + 1;
        if (outcome == ActionOutcome.Stale && failures == 1)
            Enqueue(item);
        else
            SetAlarm(item, time.GetUtcNow() + Backoff(failures));
    }

    private static TimeSpan Backoff(int failures) =>
        TimeSpan.FromMilliseconds(Math.Min(5 * Math.Pow(2, failures), LongestBackoff.TotalMilliseconds));

    private void SetAlarm(WorkItem item, DateTimeOffset at)
    {
        if (_alarms.Remove(item, out var earlier))
            earlier.Timer.Dispose();
        var delay = at - time.GetUtcNow();
        var timer = time.CreateTimer(_ => Post(new Message(default, item)), null, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        _alarms[item] = new Alarm(at, timer);
    }

    private void Post(Message message)
    {
        pending.Begin();
        _inbox.Writer.TryWrite(message);
    }

    private readonly record struct WorkItem(int Controller, ObjectKey Key);

    private readonly record struct Message(ObjectChange Change, WorkItem? Due);

    private readonly record struct Alarm(DateTimeOffset At, ITimer Timer);
}
