using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using static OperatorKit.ApiServer.Tests.Controllers.ViewOf;

namespace OperatorKit.ApiServer.Tests.Controllers;

public sealed class ControllerLoopTests
{
    private static readonly GroupResource ConfigMaps = WellKnown.ConfigMaps;

    [Fact]
    public async Task Nothing_is_pending_once_every_consequence_of_a_change_is_done()
    {
        var pending = new PendingWork();
        var seen = new List<string>();
        ControllerLoop? loop = null;
        loop = new ControllerLoop([new Counter(to: 5)], Carry, pending, TimeProvider.System, new Loops(TaskScheduler.Default));
        await using (loop)
        {
            loop.Start();
            loop.Observe(new ObjectChange(KeyOf(ConfigMaps, Counting(0)), null, Counting(0)));
            await pending.WhenIdleAsync(TestContext.Current.CancellationToken);
        }

        seen.ShouldBe(["1", "2", "3", "4", "5"]);

        ValueTask<ActionOutcome> Carry(string controller, ControllerAction action, CancellationToken cancellationToken)
        {
            var next = ((ControllerAction.Replace)action).Object;
            seen.Add(next.StringAt("data", "n")!);
            loop!.Observe(new ObjectChange(action.Key, Counting(0), next));
            return ValueTask.FromResult(ActionOutcome.Done);
        }
    }

    [Fact]
    public async Task A_stale_write_is_decided_again_at_once()
    {
        var pending = new PendingWork();
        var tries = 0;
        await using var loop = new ControllerLoop([new Counter(to: 1)], Carry, pending, TimeProvider.System, new Loops(TaskScheduler.Default));
        loop.Start();
        loop.Observe(new ObjectChange(KeyOf(ConfigMaps, Counting(0)), null, Counting(0)));
        await pending.WhenIdleAsync(TestContext.Current.CancellationToken);

        tries.ShouldBe(2);

        ValueTask<ActionOutcome> Carry(string controller, ControllerAction action, CancellationToken cancellationToken) =>
            ValueTask.FromResult(++tries == 1 ? ActionOutcome.Stale : ActionOutcome.Done);
    }

    [Fact]
    public async Task An_action_that_has_to_wait_holds_up_its_own_object_only()
    {
        var pending = new PendingWork();
        var answer = new TaskCompletionSource<ActionOutcome>();
        var done = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await using var loop = new ControllerLoop([new Counter(to: 1)], Carry, pending, TimeProvider.System, new Loops(TaskScheduler.Default));
        loop.Start();
        loop.Observe(new ObjectChange(KeyOf(ConfigMaps, Counting(0, "slow")), null, Counting(0, "slow")));
        loop.Observe(new ObjectChange(KeyOf(ConfigMaps, Counting(0, "quick")), null, Counting(0, "quick")));
        (await done.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe("quick");

        // What happens to the object meanwhile is looked at afterwards, and nothing is idle before.
        loop.Observe(new ObjectChange(KeyOf(ConfigMaps, Counting(0, "slow")), Counting(0, "slow"), Counting(0, "slow")));
        pending.WhenIdleAsync(TestContext.Current.CancellationToken).IsCompleted.ShouldBeFalse();
        answer.SetResult(ActionOutcome.Done);
        await pending.WhenIdleAsync(TestContext.Current.CancellationToken);

        (await done.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe("slow");
        (await done.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe("slow");

        async ValueTask<ActionOutcome> Carry(string program, ControllerAction action, CancellationToken cancellationToken)
        {
            var outcome = action.Key.Name == "slow" ? await answer.Task : ActionOutcome.Done;
            done.Writer.TryWrite(action.Key.Name);
            return outcome;
        }
    }

    private static JsonObject Counting(int n, string name = "c") => ConfigMap(name).Item2.With("data", JsonObject.Of(("n", $"{n}")));

    private sealed class Counter(int to) : IController
    {
        public string Name => "counter";

        public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) => [change.Key];

        public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
        {
            var n = int.Parse(view[key]!.StringAt("data", "n")!, System.Globalization.CultureInfo.InvariantCulture);
            return n < to ? new ControllerAction.Replace(key, Counting(n + 1, key.Name)) : Decision.Nothing;
        }
    }
}
