using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.Testing.Simulations.Plans;
using OperatorKit.Testing.Simulations.Rules;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing.Simulations;

/// <summary>Carries a plan out, lets the operator put everything right, and looks whether it did.</summary>
internal sealed class Trial(Subject subject)
{
    /// <summary>The rule that is broken when a run cannot be simulated.</summary>
    public const string Works = "the simulation works";

    /// <summary>Longer than the server waits for all the webhooks that one request may concern.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    /// <summary>Without a change for so long, nothing is on its way any more; longer than a lease.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    /// <summary>What a handler has returned is written within this time where nothing goes wrong.</summary>
    private static readonly TimeSpan Writing = TimeSpan.FromSeconds(1);

    /// <summary>How long, in real time, a handler may be under way on another thread before it is taken for one that never returns.</summary>
    private static readonly TimeSpan Straggling = TimeSpan.FromSeconds(0.5);

    /// <summary>How long an operator at rest is watched for writes.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, Outcome> _expected = new(StringComparer.Ordinal);

    private SimulationOptions Options => subject.Options;

    /// <summary>Runs a plan.</summary>
    /// <param name="plan">What is to happen.</param>
    /// <param name="isTold">Whether to note what happens.</param>
    public TrialResult Run(Plan plan, bool isTold = false)
    {
        World? world = null;
        try
        {
            world = new World(subject, plan, [new OneRunAKey(), new OneLeader(), new NoLostDelete(), new TruthfulStatus(), new NothingLeftBehind(), new Admitted(subject), .. Options.Rules], isTold);
            CarryOut(world);
            if (world.Broken is null)
                Converge(world);
            if (world.Broken is not null && world.HasLeftBehind)
                world.Loop.AwaitStragglers(Straggling);
            return new TrialResult(plan, world.Broken, world.Happened, world.Slots.Sum(static slot => slot.Writes), world.Loop.Elapsed, world.Story.ToString());
        }
        catch (InvalidOperationException exception)
        {
            return new TrialResult(plan, (Works, exception.Message), [], 0, TimeSpan.Zero, world?.Story.ToString() ?? "");
        }
        finally
        {
            world?.Dispose();
        }
    }

    private static void CarryOut(World world)
    {
        var (loop, plan) = (world.Loop, world.Plan);
        world.InstallWebhooks();
        var begin = loop.Elapsed;
        var users = new Users(world);
        foreach (var slot in world.Slots)
            loop.Post(world.ServerActor, slot.Start, TimeSpan.FromMilliseconds(5 * slot.Index));
        foreach (var (_, step) in plan.Steps)
            loop.Post(world.ServerActor, () => users.Take(step), step.At);
        foreach (var (_, fault) in plan.Faults.Where(static fault => fault.Fault.Number == 0))
            loop.Post(world.ServerActor, () => Happen(world, fault), fault.At);
        loop.RunUntil(begin + plan.End + TimeSpan.FromMilliseconds(1), () => world.Broken is not null);
        loop.RunUntil(loop.Elapsed + LongestRequest, () => world.Broken is not null || users.AreDone);
        if (!users.AreDone)
            world.Break(Works, "the server has not answered a request of a user");
    }

    private static void Happen(World world, PlannedFault fault)
    {
        world.Happens(fault);
        switch (fault.Kind)
        {
            case SimulatedFault.Compact:
                world.Server.Compact();
                foreach (var slot in world.Slots)
                    slot.CutWatches();
                break;
            case SimulatedFault.Partition:
                world.Slots[fault.Replica].CutOff(fault.Length);
                break;
            case SimulatedFault.StaleCache:
                world.Slots[fault.Replica].BeLate(fault.Length);
                break;
            case SimulatedFault.ClockJump:
                world.Slots[fault.Replica].Jump(fault.Length);
                break;
            case SimulatedFault.Kill:
                world.Slots[fault.Replica].Kill(fault.Length);
                break;
            case SimulatedFault.Restart:
                world.Slots[fault.Replica].Restart(fault.Length);
                break;
        }
    }

    private void Converge(World world)
    {
        var loop = world.Loop;
        var deadline = loop.Elapsed + Options.Patience;
        var expected = Expected(Wanted(world));
        string? difference;
        do
        {
            var seen = world.LastChange;
            var patience = loop.Elapsed - seen < Quiet ? seen + Quiet - loop.Elapsed : Quiet;
            loop.RunUntil(loop.Elapsed + patience, () => world.Broken is not null || world.LastChange != seen);
            difference = !world.IsLed ? "nobody leads" : loop.Elapsed - world.LastChange >= Quiet ? Outcome.Of(world).DifferenceFrom(expected) : "it still changes";
        }
        while (difference is not null && world.Broken is null && loop.Elapsed < deadline);
        if (world.Broken is not null)
            return;
        if (difference is not null)
        {
            world.Break("the cluster ends as in a run without faults", $"{Options.Patience.TotalMinutes:0.#} minutes after the last fault {difference}{Unreturned(world)}");
            return;
        }

        world.CheckAtRest();
        var writes = world.Writes;
        loop.RunUntil(loop.Elapsed + Rest, () => world.Broken is not null || (world.Writes != writes && Options.MustComeToRest));
        if (world.Broken is null && world.Writes != writes && Options.MustComeToRest)
            world.Break("the operator comes to rest", $"all is as it should be, and it still sends {world.LastWrite}");
    }

    /// <summary>What users want in the end.</summary>
    private static List<(HandledKind Kind, JsonObject Value)> Wanted(World world) =>
        [.. world.Kinds.DistinctBy(static kind => kind.Resource)
            .SelectMany(kind => world.Objects(kind.Resource).Where(static stored => !stored.Value.IsDeleting).Select(stored => (kind, stored.Value)))];

    /// <summary>What comes of it when nothing goes wrong and nobody meddles.</summary>
    private Outcome Expected(List<(HandledKind Kind, JsonObject Value)> wanted)
    {
        var key = string.Join('\n', wanted.Select(static entry =>
            $"{entry.Kind.Resource} {entry.Value.Name} {entry.Value["spec"]} {entry.Value.At("metadata", "labels")} {entry.Value.At("metadata", "annotations")}"));
        if (_expected.TryGetValue(key, out var known))
            return known;
        using var world = new World(subject, new Plan(0, Options.Shards, [], []), [], isTold: false);
        var users = new Users(world);
        foreach (var (kind, value) in wanted)
            users.Recreate(kind, value);
        // These have passed, or a webhook that may fail was not there to be asked.
        world.InstallWebhooks();
        foreach (var slot in world.Slots)
            slot.Start();
        world.Loop.RunUntil(world.Loop.Elapsed + Options.Patience, () => world.Broken is not null || IsDone(world));
        if (world.Broken is { } broken)
            throw new InvalidOperationException($"Without any fault: {broken.Rule}: {broken.How}");
        RequireHandled(world);
        return _expected[key] = Outcome.Of(world);
    }

    /// <summary>A handler may wait for longer than anything else is on its way.</summary>
    private static bool IsDone(World world) =>
        world.Calls.Count > 0 && world.Loop.Elapsed - world.LastChange > Quiet && world.Loop.Elapsed - world.LastReturn > Writing && !world.Calls.Any(static call => call.IsOn);

    /// <summary>What to say of a handler that is still out. One that has left the thread comes back in real time, and then the run fails with the place.</summary>
    private static string Unreturned(World world)
    {
        if (world.Calls.FirstOrDefault(static call => call.IsOn) is not { } call)
            return "";
        world.Loop.AwaitStragglers(Straggling);
        return $". {call.Controller} {call.Method} for {call.Object} has not returned, nor within {Straggling.TotalSeconds:0.#} s of real time: it waits for something that never comes, or for real time or I/O. context.DelayAsync waits in virtual time.";
    }

    private static void RequireHandled(World world)
    {
        foreach (var kind in world.Kinds.Where(static kind => kind.Kind.HasStatus && kind.Methods != HandlerMethods.None))
        {
            foreach (var stored in world.Objects(kind.Resource))
            {
                var isRefused = (stored.Value.ArrayAt("status", "conditions") ?? JsonArray.Empty).Items.OfType<JsonObject>()
                    .Any(static condition => condition.StringAt("type") == "Ready" && condition.StringAt("status") == "False");
                if (!isRefused && (stored.Value.LongAt("status", "observedGeneration") ?? 0) != stored.Value.Generation)
                    throw new InvalidOperationException($"Without any fault: {kind.Resource} {stored.Name} is not dealt with. Its status: {stored.Value["status"]?.ToString() ?? "none"}{Unreturned(world)}");
            }
        }
    }
}

/// <summary>How a run ended.</summary>
/// <param name="Plan">What was to happen.</param>
/// <param name="Broken">The rule that was broken, and how; null for none.</param>
/// <param name="Happened">The faults that came to pass.</param>
/// <param name="Writes">How many writes the operator sent.</param>
/// <param name="Elapsed">How much virtual time went by.</param>
/// <param name="Story">What happened, if it was to be told.</param>
internal sealed record TrialResult(Plan Plan, (string Rule, string How)? Broken, IReadOnlyCollection<PlannedFault> Happened, int Writes, TimeSpan Elapsed, string Story);
