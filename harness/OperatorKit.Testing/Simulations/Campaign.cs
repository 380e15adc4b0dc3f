using System.Globalization;
using OperatorKit.Testing.Simulations.Plans;

namespace OperatorKit.Testing.Simulations;

/// <summary>Many runs of one operator, and what to say when one of them fails.</summary>
internal sealed class Campaign(Subject subject)
{
    private readonly Dictionary<SimulatedFault, int> _faults = [];
    private readonly List<(Plan Plan, string Rule)> _failed = [];
    private Trial _trial = new(subject);
    private int _runs;
    private long _writes;
    private TimeSpan _elapsed;

    /// <summary>Runs seeds one after the other.</summary>
    /// <exception cref="SimulationFailedException">One of them breaks a rule.</exception>
    public SimulationReport Run(int first, int last, SeedText.Parts? keep, bool stopsAtFirstFailure, Progress progress, CancellationToken cancellationToken)
    {
        for (var seed = first; seed <= last; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What was expected of other seeds is of no use for this one.
            _trial = new Trial(subject);
            var plan = PlanOf(seed, keep);
            if (Try(plan) is { Broken: { } broken })
            {
                progress.Failed(plan, broken.Rule, broken.How);
                _failed.Add((plan, broken.Rule));
                if (stopsAtFirstFailure)
                    break;
            }

            progress.Done(seed);
        }

        if (_failed is [var (failed, rule), ..])
            throw Failure(failed, rule);
        if (keep is null && subject.Options.CrashAtEveryWrite)
            CrashAtEveryWrite(first, cancellationToken);
        return new SimulationReport(_runs, _writes, _elapsed, _faults);
    }

    /// <summary>Tells what happens with a seed.</summary>
    public string Tell(int seed, SeedText.Parts? keep) => _trial.Run(PlanOf(seed, keep), isTold: true).Story;

    private Plan PlanOf(int seed, SeedText.Parts? keep)
    {
        var plan = Planner.Make(seed, subject.Options, subject.Kinds.Count, subject.HasWebhooks);
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
        var result = Try(plan);
        return result.Broken is { } broken ? throw Failure(plan, broken.Rule) : result;
    }

    private TrialResult Try(Plan plan)
    {
        var result = _trial.Run(plan);
        _runs++;
        _writes += result.Writes;
        _elapsed += result.Elapsed;
        foreach (var fault in result.Happened)
            _faults[fault.Kind] = _faults.GetValueOrDefault(fault.Kind) + 1;
        return result;
    }

    private SimulationFailedException Failure(Plan plan, string rule)
    {
        _trial = new Trial(subject);
        // What cannot be simulated fails whatever the plan is.
        var smallest = rule == Trial.Works ? plan : new Shrinker(smaller => _trial.Run(smaller).Broken?.Rule == rule).Shrink(plan);
        var told = _trial.Run(smallest, isTold: true);
        var message = string.Create(CultureInfo.InvariantCulture, $"""
            Seed {plan.Seed} breaks the rule "{rule}": {told.Broken?.How}
            Run it again: OPERATORKIT_SEEDS={smallest} dotnet test{Others()}
            What is left of {plan.Steps.Count} steps and {plan.Faults.Count} faults:
            {string.Join('\n', smallest.Steps.Select(static step => $"  step  {step.Step}").Concat(smallest.Faults.Select(static fault => $"  fault {fault.Fault}")))}
            What happens:
            {told.Story}
            """);
        return new SimulationFailedException(message, rule, smallest.ToString(), told.Story);
    }

    private string Others() => _failed.Count < 2 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"\n{_failed.Count} of {_runs} seeds fail: {string.Join(", ", _failed.Select(static failed => failed.Plan.ToString()))}");
}
