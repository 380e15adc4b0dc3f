using System.Globalization;

namespace OperatorKit.Testing.Simulations.Plans;

/// <summary>
/// All that is to happen in one run: what users do and what goes wrong. A seed makes one; leaving parts out makes a smaller one of the same seed.
/// </summary>
/// <param name="Seed">Decides the plan and whatever chance there is in the run.</param>
/// <param name="Replicas">How many replicas of the operator run, those of all shards; more than one of a shard elect a leader.</param>
/// <param name="Steps">What users do, by time, each with its number in the whole plan.</param>
/// <param name="Faults">What goes wrong, each with its number in the whole plan.</param>
internal sealed record Plan(int Seed, int Replicas, IReadOnlyList<(int Number, Step Step)> Steps, IReadOnlyList<(int Number, PlannedFault Fault)> Faults)
{
    /// <summary>Whether parts are left out.</summary>
    public bool IsReduced { get; init; }

    /// <summary>The text that <see cref="SeedText"/> reads: the seed, and for a smaller plan what is left of it, as in <c>7:s0.3:f2</c>.</summary>
    public override string ToString() => !IsReduced
        ? Seed.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Seed}:s{string.Join('.', Steps.Select(static step => step.Number))}:f{string.Join('.', Faults.Select(static fault => fault.Number))}");

    public Plan WithSteps(IEnumerable<(int Number, Step Step)> steps) => this with { Steps = [.. steps], IsReduced = true };

    public Plan WithFaults(IEnumerable<(int Number, PlannedFault Fault)> faults) => this with { Faults = [.. faults], IsReduced = true };

    /// <summary>When the last step is taken and the last timed fault is over.</summary>
    public TimeSpan End => Steps.Select(static step => step.Step.At)
        .Concat(Faults.Where(static fault => fault.Fault.Number == 0).Select(static fault => fault.Fault.At + (fault.Fault.Kind == SimulatedFault.ClockJump ? TimeSpan.Zero : fault.Fault.Length)))
        .DefaultIfEmpty()
        .Max();
}
