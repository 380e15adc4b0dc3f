using System.Globalization;
using OperatorKit.Testing.Simulations.Plans;

namespace OperatorKit.Testing.Simulations;

/// <summary>Many runs of one operator, and what to say when one of them fails.</summary>
internal sealed class Campaign(Subject subject)
{
    private readonly Dictionary<SimulatedFault, int> _faults = [];
    private Trial _trial = new(subject);
    private int _runs;
    private long _writes;
    private TimeSpan _elapsed;

    /// <summary>Runs seeds one after the other.</summary>
    /// <exception cref="SimulationFailedException">One of them breaks a rule.</exception>
    public SimulationReport Run(int first, int last, SeedText.Parts? keep, CancellationToken cancellationToken)
    {
        for (var seed = first; seed <= last; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What was expected of other seeds is of no use for this one.
            _trial = new Trial(subject);
            Require(PlanOf(seed, keep));
        }

        if (keep is null && subject.Options.CrashAtEveryWrite)
            CrashAtEveryWrite(first, cancellationToken);
        return new SimulationReport(_runs, _writes, _elapsed, _faults);
    }

    /// <summary>Tells what happens with a seed.</summary>
    public string Tell(int seed, SeedText.Parts? keep) => _trial.Run(PlanOf(seed, keep), isTold: true).Story;

    private Plan PlanOf(int seed, SeedText.Parts? keep)
    {
        var plan = Planner.Make(seed, subject.Options, subject.Kinds.Count);
        return keep is null ? plan : keep.Of(plan);
    }

    private void CrashAtEveryWrite(int seed, CancellationToken cancellationToken)
    {
        _trial = new Trial(subject);
        var plan = PlanOf(seed, null);
        var writes = Require(plan.WithFaults([])).Writes;
        for (var write = 1; write <= writes; write++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (subject.Options.Allows(SimulatedFault.CrashBeforeWrite))
                Require(plan.WithFaults([Sweep.Before(write)]));
            if (subject.Options.Allows(SimulatedFault.CrashAfterWrite))
                Require(plan.WithFaults([Sweep.After(write)]));
        }
    }

    private TrialResult Require(Plan plan)
    {
        var result = _trial.Run(plan);
        if (result.Broken is { } broken)
            throw Failure(plan, broken.Rule);
        _runs++;
        _writes += result.Writes;
        _elapsed += result.Elapsed;
        foreach (var fault in result.Happened)
            _faults[fault.Kind] = _faults.GetValueOrDefault(fault.Kind) + 1;
        return result;
    }

    private SimulationFailedException Failure(Plan plan, string rule)
    {
        var smallest = new Shrinker(smaller => _trial.Run(smaller).Broken?.Rule == rule).Shrink(plan);
        var told = _trial.Run(smallest, isTold: true);
        var message = string.Create(CultureInfo.InvariantCulture, $"""
            Seed {plan.Seed} breaks the rule "{rule}": {told.Broken?.How}
            Run it again: OPERATORKIT_SEEDS={smallest} dotnet test
            What is left of {plan.Steps.Count} steps and {plan.Faults.Count} faults:
            {string.Join('\n', smallest.Steps.Select(static step => $"  step  {step.Step}").Concat(smallest.Faults.Select(static fault => $"  fault {fault.Fault}")))}
            What happens:
            {told.Story}
            """);
        return new SimulationFailedException(message, rule, smallest.ToString(), told.Story);
    }
}
