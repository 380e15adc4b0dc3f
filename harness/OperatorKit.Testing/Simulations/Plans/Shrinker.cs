namespace OperatorKit.Testing.Simulations.Plans;

/// <summary>Makes a plan that fails smaller as long as it still fails in the same way.</summary>
internal sealed class Shrinker(Func<Plan, bool> fails)
{
    private const int MostTries = 300;

    private int _tries;

    /// <summary>Leaves out faults, then steps, in ever smaller pieces, until nothing more can go.</summary>
    /// <param name="plan">A plan that fails.</param>
    public Plan Shrink(Plan plan)
    {
        for (var before = -1; before != Size(plan);)
        {
            before = Size(plan);
            plan = Reduce(plan, plan.Faults, plan.WithFaults);
            plan = Reduce(plan, plan.Steps, plan.WithSteps);
        }

        return plan;
    }

    private Plan Reduce<T>(Plan plan, IReadOnlyList<T> parts, Func<IEnumerable<T>, Plan> with)
    {
        for (var piece = parts.Count; piece >= 1; piece /= 2)
        {
            for (var start = 0; start < parts.Count && _tries < MostTries;)
            {
                List<T> rest = [.. parts.Take(start), .. parts.Skip(start + piece)];
                var smaller = with(rest);
                _tries++;
                if (fails(smaller))
                    (plan, parts) = (smaller, rest);
                else
                    start += piece;
            }
        }

        return plan;
    }

    private static int Size(Plan plan) => plan.Steps.Count + plan.Faults.Count;
}
