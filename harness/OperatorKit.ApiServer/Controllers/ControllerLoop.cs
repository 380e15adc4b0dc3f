using System.Threading.Channels;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>
/// Runs all controllers, one decision at a time: takes in every change, asks the controllers which objects it concerns,
/// and lets them decide on a view that holds the effects of everything done before. What somebody else takes his time to allow,
/// as a slow webhook does, holds up its own object and no other.
/// </summary>
internal sealed class ControllerLoop(IReadOnlyList<IController> controllers, ActionCarrier carry, PendingWork pending, TimeProvider time, Loops loops, Turns? turns = null) : IAsyncDisposable
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly Channel<Message> _inbox = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = loops.WakeInline });
    private readonly ClusterView _view = new();
    private readonly Queue<WorkItem> _queue = [];
    private readonly HashSet<WorkItem> _queued = [];
    private readonly Dictionary<WorkItem, Task> _carrying = [];
    private readonly HashSet<WorkItem> _wantedAgain = [];
    private readonly Dictionary<WorkItem, int> _failures = [];
    private readonly Dictionary<WorkItem, ITimer> _alarms = [];
    private readonly List<ObjectChange> _beginning = [];
    private readonly CancellationTokenSource _stop = new();
    private Task? _run;

    public void Start() => _run = loops.Start(() => RunAsync(_stop.Token));

    /// <summary>
    /// Takes in a change. Called by the store for each commit, in order; returns at once. What comes before the start is the
    /// cluster as it begins, which is as it should be: the controllers know of it once something else happens.
    /// </summary>
    public void Observe(ObjectChange change)
    {
        if (_run is null)
            _beginning.Add(change);
        else
            Post(new Message(change, null, null));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_run is not null)
            await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var carrying in _carrying.Values)
            await carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var alarm in _alarms.Values)
            await alarm.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _inbox.Reader.WaitToReadAsync(cancellationToken))
        {
            await loops.LeaveWriterAsync();
            _beginning.ForEach(_view.Apply);
            _beginning.Clear();
            do
            {
                if (turns is not null)
                    await turns.WhenAnsweredAsync(cancellationToken);
                while (_inbox.Reader.TryRead(out var message))
                    Take(message);
                if (_queue.TryDequeue(out var item))
                    Work(item, cancellationToken);
            }
            while (_queue.Count > 0);
        }
    }

    private void Take(Message message)
    {
        if (message.Carried is { } carried)
        {
            _carrying.Remove(carried.Item);
            Continue(carried);
            if (_wantedAgain.Remove(carried.Item))
                Enqueue(carried.Item);
        }
        else if (message.Due is { } due)
        {
            if (_alarms.Remove(due, out var alarm))
                alarm.Dispose();
            Enqueue(due);
        }
        else if (message.Change is { } change)
        {
            _view.Apply(change);
            for (var i = 0; i < controllers.Count; i++)
            {
                foreach (var key in controllers[i].Affected(change, _view))
                    Enqueue(new WorkItem(i, key));
            }
        }

        pending.End();
    }

    private void Enqueue(WorkItem item)
    {
        if (_carrying.ContainsKey(item))
        {
            _wantedAgain.Add(item);
            return;
        }

        if (!_queued.Add(item))
            return;
        pending.Begin();
        _queue.Enqueue(item);
    }

    private void Work(WorkItem item, CancellationToken cancellationToken)
    {
        _queued.Remove(item);
        var work = CarryOutAsync(item, cancellationToken);
        if (work.IsCompleted)
            Continue(work.GetAwaiter().GetResult());
        else
            _carrying[item] = ReportAsync(work.AsTask());
    }

    private async Task ReportAsync(Task<Carried> work) => Post(new Message(null, null, await work));

    private async ValueTask<Carried> CarryOutAsync(WorkItem item, CancellationToken cancellationToken)
    {
        try
        {
            var decision = controllers[item.Controller].Decide(item.Key, _view, time.GetUtcNow());
            foreach (var action in decision.Actions)
            {
                var outcome = await carry(controllers[item.Controller].Program, action, cancellationToken);
                if (outcome != ActionOutcome.Done)
                    return new Carried(item, outcome, null);
            }

            return new Carried(item, ActionOutcome.Done, decision.LookAgainAt);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One object that cannot be handled must not stop the others.
            return new Carried(item, ActionOutcome.Refused, null);
        }
    }

    private void Continue(Carried carried)
    {
        var item = carried.Item;
        if (carried.Outcome == ActionOutcome.Done)
        {
            _failures.Remove(item);
            if (carried.LookAgainAt is { } at)
                SetAlarm(item, at);
        }
        else
        {
            var failures = _failures[item] = _failures.GetValueOrDefault(item) + 1;
            if (carried.Outcome == ActionOutcome.Stale && failures == 1)
                Enqueue(item);
            else
                SetAlarm(item, time.GetUtcNow() + Backoff(failures));
        }

        pending.End();
    }

    private static TimeSpan Backoff(int failures) =>
        TimeSpan.FromMilliseconds(Math.Min(5 * Math.Pow(2, failures), LongestBackoff.TotalMilliseconds));

    private void SetAlarm(WorkItem item, DateTimeOffset at)
    {
        if (_alarms.Remove(item, out var earlier))
            earlier.Dispose();
        var delay = at - time.GetUtcNow();
        _alarms[item] = time.CreateTimer(_ => Post(new Message(null, item, null)), null, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Post(Message message)
    {
        pending.Begin();
        _inbox.Writer.TryWrite(message);
    }

    private sealed record WorkItem(int Controller, ObjectKey Key);

    /// <summary>How the actions for one object ended.</summary>
    private sealed record Carried(WorkItem Item, ActionOutcome Outcome, DateTimeOffset? LookAgainAt);

    private sealed record Message(ObjectChange? Change, WorkItem? Due, Carried? Carried);
}
