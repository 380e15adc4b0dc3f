using System.Text;
using OperatorKit.Testing.Simulations.Plans;
using OperatorKit.Testing.Simulations.Running;

namespace OperatorKit.Testing.Simulations.Network;

/// <summary>An open watch: carries what the server sends to the operator, late, twice, out of order or not at all.</summary>
internal sealed class WatchConnection
{
    private static readonly byte[] Expired = Encoding.UTF8.GetBytes(
        """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version","reason":"Expired","code":410}}""" + "\n");

    private readonly ReplicaSlot _slot;
    private readonly Replica _replica;
    private readonly ServerCall _call;
    private readonly Action<WatchConnection> _closed;
    private byte[] _rest = [];
    private ReadOnlyMemory<byte>? _held;
    private TimeSpan _due;
    private bool _isListing;
    private bool _isClosed;

    public WatchConnection(ReplicaSlot slot, Replica replica, ServerCall call, Action<WatchConnection> closed)
    {
        _slot = slot;
        _replica = replica;
        _call = call;
        _closed = closed;
        _isListing = call.Request.IsStreamedList;
        Body = new WatchPipe(Leave);
        call.Progress = Carry;
        Carry();
    }

    /// <summary>What the operator reads.</summary>
    public WatchPipe Body { get; }

    /// <summary>What is watched.</summary>
    public string Path => _call.Request.Path;

    private World World => _slot.World;

    /// <summary>The operator has gone.</summary>
    public void Leave()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _closed(this);
        World.Loop.Post(World.ServerActor, _call.Abort);
    }

    /// <summary>The connection breaks.</summary>
    public void Cut()
    {
        if (_isClosed)
            return;
        Later(() => Body.Break(new IOException("Connection reset by peer.")));
        Leave();
    }

    /// <summary>The server ends it with 410.</summary>
    public void Expire()
    {
        if (_isClosed)
            return;
        Later(() =>
        {
            Body.Put(Expired);
            Body.End();
        });
        Leave();
    }

    private void Carry()
    {
        byte[] bytes = [.. _rest, .. _call.TakeBytes()];
        var start = 0;
        while (!_isClosed && Array.IndexOf(bytes, (byte)'\n', start) is var end and >= 0)
        {
            Take(bytes.AsMemory(start, end + 1 - start));
            start = end + 1;
        }

        _rest = bytes[start..];
        if (!_call.IsOver || _isClosed)
            return;
        Later(Body.End);
        Leave();
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        var fault = _slot.At(
            ++_slot.WatchEvents,
            SimulatedFault.DropEvent, SimulatedFault.DuplicateEvent, SimulatedFault.ReorderEvent, SimulatedFault.DelayEvent, SimulatedFault.CutWatch, SimulatedFault.ExpireWatch);
        if (_isListing)
        {
            // What a list sends is from one moment: nothing of it can be missing or come twice.
            _isListing = line.Span.IndexOf("k8s.io/initial-events-end"u8) < 0;
            if (fault?.Kind is SimulatedFault.DropEvent or SimulatedFault.DuplicateEvent or SimulatedFault.ReorderEvent)
                fault = null;
        }

        if (fault is not null)
            World.Happens(fault);
        switch (fault?.Kind)
        {
            case SimulatedFault.DropEvent:
                ExpireSoon();
                return;
            case SimulatedFault.ReorderEvent:
                _held = line;
                ExpireSoon();
                return;
            case SimulatedFault.DuplicateEvent:
                Put(line);
                break;
            case SimulatedFault.DelayEvent:
                _due = World.Loop.Elapsed + fault.Length;
                World.Expect(_due);
                break;
            case SimulatedFault.CutWatch:
                Cut();
                return;
            case SimulatedFault.ExpireWatch:
                Expire();
                return;
        }

        Put(line);
        if (_held is not { } held)
            return;
        _held = null;
        Put(held);
    }

    /// <summary>A server that has lost its place notices, and makes its watchers list again; also those that have come back after a break.</summary>
    private void ExpireSoon() => World.Loop.Post(
        World.ServerActor, () => _slot.Expire(Path), TimeSpan.FromMilliseconds(10 + (5000 * Chance.Of(World.Plan.Seed, 99, _slot.WatchEvents))));

    private void Put(ReadOnlyMemory<byte> line) => Later(() => Body.Put(line));

    /// <summary>Lets something arrive, after all that was sent before.</summary>
    private void Later(Action arrive)
    {
        var now = World.Loop.Elapsed;
        var latency = TimeSpan.FromMicroseconds(50 + (1000 * Chance.Of(World.Plan.Seed, 100 + _slot.Index, _slot.WatchEvents)));
        var after = _slot.Passage(latency + (_slot.LateUntil > now ? _slot.Lag : TimeSpan.Zero));
        _due = TimeSpan.FromTicks(Math.Max(_due.Ticks + 1, (now + after).Ticks));
        World.Loop.Post(_replica.Actor, arrive, _due - now);
    }
}
