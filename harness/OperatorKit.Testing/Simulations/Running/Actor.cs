namespace OperatorKit.Testing.Simulations.Running;

/// <summary>A process of the simulated world: has a clock and a scheduler of its own, and can die at any moment.</summary>
internal sealed class Actor
{
    public Actor(string name, EventLoop loop)
    {
        Name = name;
        Loop = loop;
        Clock = new ActorClock(this);
        Scheduler = new ActorScheduler(this);
    }

    public string Name { get; }

    public EventLoop Loop { get; }

    public bool IsAlive { get; private set; } = true;

    public ActorClock Clock { get; }

    public ActorScheduler Scheduler { get; }

    /// <summary>From now on nothing of it happens any more; what it awaits never comes.</summary>
    public void Die() => IsAlive = false;
}
