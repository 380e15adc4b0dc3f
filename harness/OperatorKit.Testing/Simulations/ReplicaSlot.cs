using OperatorKit.Testing.Simulations.Plans;

namespace OperatorKit.Testing.Simulations;

/// <summary>The place of a replica: what stays when the process in it is killed and another one comes.</summary>
internal sealed class ReplicaSlot(World world, int index)
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    private readonly ILookup<int, PlannedFault> _counted = world.Plan.Faults.Select(static fault => fault.Fault)
        .Where(fault => fault.Number > 0 && fault.Replica == index).ToLookup(static fault => fault.Number);

    private readonly HashSet<string> _expired = new(StringComparer.Ordinal);
    private int _processes;

    public World World { get; } = world;

    public int Index { get; } = index;

    /// <summary>The share of its processes; null for all.</summary>
    public Shard? Shard { get; } = world.Subject.Options.Shards is > 1 and var shards ? new Shard(index % shards, shards) : null;

    public Replica? Current { get; private set; }

    /// <summary>How many requests other than those about the lease the replica has sent, in all its lives.</summary>
    public int Requests { get; set; }

    /// <summary>How many of them write.</summary>
    public int Writes { get; set; }

    public int LeaseRequests { get; set; }

    public int WatchEvents { get; set; }

    /// <summary>How many reviews the API server has sent to it.</summary>
    public int Reviews { get; set; }

    /// <summary>How far the wall clock of its machine is off.</summary>
    public TimeSpan Skew { get; private set; }

    /// <summary>Until then nothing passes between it and the server.</summary>
    public TimeSpan CutOffUntil { get; private set; }

    /// <summary>Until then its watches are late by <see cref="Lag"/>.</summary>
    public TimeSpan LateUntil { get; private set; }

    public TimeSpan Lag { get; private set; }

    /// <summary>The fault of a kind that the plan has for a number; null for none.</summary>
    public PlannedFault? At(int number, params ReadOnlySpan<SimulatedFault> kinds)
    {
        foreach (var fault in _counted[number])
        {
            if (kinds.Contains(fault.Kind))
                return fault;
        }

        return null;
    }

    /// <summary>How long something takes that would take so long on a network that works.</summary>
    public TimeSpan Passage(TimeSpan latency) => CutOffUntil > World.Loop.Elapsed + latency ? CutOffUntil - World.Loop.Elapsed + latency : latency;

    /// <summary>Breaks all watches.</summary>
    public void CutWatches() => Current?.CutWatches();

    /// <summary>Ends the watches of a path with 410; where there is none just now, the next one.</summary>
    public void Expire(string path)
    {
        if (Current?.Expire(path) != true)
            _expired.Add(path);
    }

    /// <summary>Whether a new watch of a path is to end with 410.</summary>
    public bool HasExpired(string path) => _expired.Remove(path);

    public void Start()
    {
        Current = new Replica(this, _processes++ == 0 ? $"operator-{Index + 1}" : $"operator-{Index + 1}.{_processes}");
        World.Expect(World.Loop.Elapsed);
        Current.Start();
    }

    /// <summary>The process ends at once and another one comes.</summary>
    public void Kill(TimeSpan downtime)
    {
        if (Current is not { } killed)
            return;
        World.Story.Add(killed.Name, "is killed");
        Current = null;
        killed.Dispose();
        World.Loop.Post(World.ServerActor, Start, downtime + TimeSpan.FromMilliseconds(100));
    }

    /// <summary>The process is asked to stop, as by a rolling update, and another one comes.</summary>
    public void Restart(TimeSpan downtime)
    {
        if (Current is not { } stopping)
            return;
        World.Story.Add(stopping.Name, "is asked to stop");
        stopping.Stop(() => World.Loop.Post(World.ServerActor, () => Replace(stopping, downtime)));
        World.Loop.Post(World.ServerActor, () => Replace(stopping, downtime), LongestStop);
    }

    public void Jump(TimeSpan by)
    {
        Skew += by;
        if (Current is { } current)
            current.Actor.Clock.Skew = Skew;
    }

    public void CutOff(TimeSpan length) => CutOffUntil = World.Loop.Elapsed + length;

    public void BeLate(TimeSpan length)
    {
        LateUntil = World.Loop.Elapsed + length;
        Lag = length / 2;
    }

    private void Replace(Replica stopping, TimeSpan downtime)
    {
        if (Current == stopping)
            Kill(downtime);
    }
}
