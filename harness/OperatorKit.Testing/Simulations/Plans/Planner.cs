namespace OperatorKit.Testing.Simulations.Plans;

/// <summary>Makes a plan from a seed.</summary>
internal static class Planner
{
    private static readonly (SimulatedFault Kind, int Weight)[] Weights =
    [
        (SimulatedFault.LoseRequest, 6), (SimulatedFault.LoseAnswer, 8), (SimulatedFault.DelayRequest, 5), (SimulatedFault.Conflict, 5), (SimulatedFault.ServerError, 5),
        (SimulatedFault.CrashBeforeWrite, 6), (SimulatedFault.CrashAfterWrite, 8), (SimulatedFault.LoseLeaseRequest, 3), (SimulatedFault.LoseLeaseAnswer, 3),
        (SimulatedFault.DropEvent, 6), (SimulatedFault.DuplicateEvent, 5), (SimulatedFault.ReorderEvent, 6), (SimulatedFault.DelayEvent, 6), (SimulatedFault.CutWatch, 5), (SimulatedFault.ExpireWatch, 4),
        (SimulatedFault.Compact, 4), (SimulatedFault.TooManyRequests, 2), (SimulatedFault.Unavailable, 2), (SimulatedFault.Partition, 4), (SimulatedFault.StaleCache, 4),
        (SimulatedFault.ClockJump, 3), (SimulatedFault.Kill, 3), (SimulatedFault.Restart, 3),
    ];

    private static readonly (SimulatedFault Kind, int Weight)[] ReviewWeights =
    [
        (SimulatedFault.LoseReview, 3), (SimulatedFault.LoseReviewAnswer, 4), (SimulatedFault.DelayReview, 5), (SimulatedFault.CrashInReview, 3),
    ];

    /// <summary>Makes a plan.</summary>
    /// <param name="seed">Decides.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="controllers">How many controllers there are to give work to.</param>
    /// <param name="hasWebhooks">Whether the operator has webhooks, whose reviews can go wrong as well.</param>
    public static Plan Make(int seed, SimulationOptions options, int controllers, bool hasWebhooks)
    {
        var random = new Random(seed);
        var replicas = (options.Replicas ?? (random.Next(3) == 0 ? 2 : 1)) * options.Shards;
        var steps = Steps(random, options, controllers);
        var horizon = steps.Count == 0 ? TimeSpan.FromSeconds(1) : steps[^1].At;
        var faults = Enumerable.Range(0, random.Next(options.MostFaults + 1)).Select(_ => Fault(random, Weights, replicas, horizon)).ToList();
        if (hasWebhooks)
            faults.AddRange(Enumerable.Range(0, random.Next(options.MostFaults + 1)).Select(_ => Fault(random, ReviewWeights, replicas, horizon)));
        return new Plan(seed, replicas, [.. steps.Index()], [.. faults.Where(fault => options.Allows(fault.Kind)).Index()]);
    }

    private static List<Step> Steps(Random random, SimulationOptions options, int controllers)
    {
        var objects = 1 + random.Next(Math.Max(1, options.MostObjects));
        var at = TimeSpan.FromMilliseconds(20);
        List<Step> steps = [];
        for (var count = 1 + random.Next(Math.Max(1, options.MostSteps)); count > 0; count--)
        {
            var kind = random.Next(20) switch
            {
                < 6 => StepKind.Create,
                < 12 => StepKind.Update,
                < 14 => StepKind.Delete,
                < 15 => StepKind.Touch,
                < 18 => StepKind.DeleteChild,
                _ => StepKind.EditChild,
            };
            steps.Add(new Step(at, steps.Count == 0 ? StepKind.Create : kind, random.Next(controllers), random.Next(objects), random.Next()));
            at += Gap(random);
        }

        return steps;
    }

    /// <summary>Mostly so short that the operator is still at the last one; sometimes long enough for timeouts.</summary>
    private static TimeSpan Gap(Random random) => random.Next(10) switch
    {
        < 6 => TimeSpan.FromMilliseconds(random.Next(15)),
        < 9 => TimeSpan.FromMilliseconds(random.Next(1500)),
        _ => TimeSpan.FromSeconds(random.Next(1, 20)),
    };

    private static PlannedFault Fault(Random random, (SimulatedFault Kind, int Weight)[] weights, int replicas, TimeSpan horizon)
    {
        var draw = random.Next(weights.Sum(static weight => weight.Weight));
        var kind = weights.First(weight => (draw -= weight.Weight) < 0).Kind;
        var replica = random.Next(replicas);
        var number = 1 + (int)(random.NextDouble() * random.NextDouble() * 60);
        var at = horizon * random.NextDouble();
        return kind switch
        {
            SimulatedFault.DelayRequest => Counted(TimeSpan.FromMilliseconds(5 * Math.Pow(10, random.NextDouble() * 3))),
            SimulatedFault.DelayEvent or SimulatedFault.DelayReview => Counted(TimeSpan.FromMilliseconds(5 * Math.Pow(10, random.NextDouble() * 4))),
            SimulatedFault.Compact => new PlannedFault(kind, -1, 0, at, TimeSpan.Zero),
            SimulatedFault.TooManyRequests or SimulatedFault.Unavailable => new PlannedFault(kind, -1, 0, at, TimeSpan.FromSeconds(20 * random.NextDouble())),
            SimulatedFault.Partition => Timed(TimeSpan.FromSeconds(40 * random.NextDouble())),
            SimulatedFault.StaleCache => Timed(TimeSpan.FromSeconds(15 * random.NextDouble())),
            SimulatedFault.ClockJump => Timed(TimeSpan.FromMinutes((240 * random.NextDouble()) - 120)),
            SimulatedFault.Kill or SimulatedFault.Restart => Timed(TimeSpan.FromSeconds(5 * random.NextDouble())),
            _ => Counted(TimeSpan.Zero),
        };

        PlannedFault Counted(TimeSpan length) => new(kind, replica, number, TimeSpan.Zero, length);

        PlannedFault Timed(TimeSpan length) => new(kind, replica, 0, at, length);
    }
}
