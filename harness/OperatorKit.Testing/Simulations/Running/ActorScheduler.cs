namespace OperatorKit.Testing.Simulations.Running;

/// <summary>Runs the tasks that an actor starts, one after the other, on the thread of the simulation.</summary>
internal sealed class ActorScheduler(Actor actor) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    protected override void QueueTask(Task task) => actor.Loop.Post(actor, () => TryExecuteTask(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
