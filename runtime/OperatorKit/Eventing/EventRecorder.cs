using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Scheduling;

namespace OperatorKit.Eventing;

/// <summary>
/// Writes Events in the background, so that no handler waits for one. Bounded: when the cluster cannot keep up, the oldest
/// unwritten ones are lost, never the work of the operator.
/// </summary>
internal sealed partial class EventRecorder(KubernetesClient client, string controller, string instance, OperatorServices services, ILogger logger) : IAsyncDisposable
{
    /// <summary>The API refuses a longer note.</summary>
    private const int LongestMessageBytes = 1024;

    private readonly Lock _lock = new();
    private readonly EventLedger _ledger = new(() => services.Random.NextInt64().ToString("x16", CultureInfo.InvariantCulture));
    private readonly Channel<EventSeries> _unwritten = Channel.CreateBounded<EventSeries>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, AllowSynchronousContinuations = !services.Scheduler.IsThreadPool });

    private readonly CancellationTokenSource _stopping = new(Timeout.InfiniteTimeSpan, services.Time);
    private Task _writing = Task.CompletedTask;

    public void Start() => _writing = services.Scheduler.Start(WriteAllAsync);

    public void Record(IKubernetesObject about, EventType type, string reason, string message)
    {
        var text = Shorten(message);
        lock (_lock)
        {
            if (_ledger.Record(EventSubject.Of(about), type, reason, text, services.Time.GetUtcNow()) is { } series)
                _unwritten.Writer.TryWrite(series);
        }
    }

    /// <summary>Writes what is left, for a short while, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _unwritten.Writer.TryComplete();
        _stopping.CancelAfter(TimeSpan.FromSeconds(2));
        await _writing.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static string Shorten(string message)
    {
        var length = Math.Min(message.Length, LongestMessageBytes);
        while (Encoding.UTF8.GetByteCount(message.AsSpan(0, length)) > LongestMessageBytes)
        {
            length -= Math.Max(1, length / 16);
        }

        return length == message.Length ? message : message[..length];
    }

    private async Task WriteAllAsync()
    {
        try
        {
            await foreach (var series in _unwritten.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                await WriteAsync(series).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping has taken long enough.
        }
    }

    private async Task WriteAsync(EventSeries series)
    {
        // Repetitions that came in while this one waited are in the count already.
        if (series.Written == series.Count)
            return;
        var count = series.Count;
        var options = new WriteOptions { FieldManager = controller };
        var events = client.Resource<EventObject>(series.Subject.EventNamespace);
        try
        {
            if (series.Written == 0)
                await events.CreateAsync(new EventObject(series, controller, instance), options, _stopping.Token).ConfigureAwait(false);
            else
                await events.PatchAsync(series.Name, Patch.Merge(EventObject.CountPatch(series, count)), options, _stopping.Token).ConfigureAwait(false);
            series.Written = count;
        }
        catch (NotFoundException) when (series.Written > 0)
        {
            EventSeries renewed;
            lock (_lock)
            {
                renewed = _ledger.Renew(series);
            }

            await WriteAsync(renewed).ConfigureAwait(false);
        }
        catch (KubernetesException exception)
        {
            lock (_lock)
            {
                _ledger.Forget(series);
            }

            LogLost(exception, series.Identity.Reason, series.Subject.Kind, series.Subject.Namespace, series.Subject.Name, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Event {Reason} of {Kind} {Namespace}/{Name} could not be written: {Problem}")]
    private partial void LogLost(Exception exception, string reason, string kind, string @namespace, string name, string problem);
}
