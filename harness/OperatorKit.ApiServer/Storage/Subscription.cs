using System.Threading.Channels;

namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// The events of a resource from one revision on, without a gap. A subscriber that does not keep up is dropped, never waited for:
/// its channel then completes.
/// </summary>
internal sealed class Subscription(ObjectTable initial, long revision, StoreEvent[] backlog, StoreOptions options)
{
    private readonly Channel<StoreEvent> _channel = Channel.CreateBounded<StoreEvent>(
        new BoundedChannelOptions(options.SubscriptionCapacity)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
            AllowSynchronousContinuations = options.WakeInline,
        });

    /// <summary>The objects at <see cref="Revision"/>.</summary>
    public ObjectTable Initial { get; } = initial;

    /// <summary>The store's revision when the subscription began.</summary>
    public long Revision { get; } = revision;

    /// <summary>Events between the revision that was asked for and <see cref="Revision"/>.</summary>
    public StoreEvent[] Backlog { get; } = backlog;

    /// <summary>Events after <see cref="Revision"/>.</summary>
    public ChannelReader<StoreEvent> Events => _channel.Reader;

    public bool TryPublish(StoreEvent change)
    {
        if (_channel.Writer.TryWrite(change))
            return true;
        _channel.Writer.TryComplete();
        return false;
    }

    /// <summary>Ends the stream after the events that were published: the resource is no longer served.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
