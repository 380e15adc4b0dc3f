namespace OperatorKit.Testing;

/// <summary>A run of a <see cref="Simulation"/> broke a rule. The message tells which, how to run it again, and what happened.</summary>
public sealed class SimulationFailedException : Exception
{
    internal SimulationFailedException(string message, string rule, string seed, string timeline)
        : base(message)
    {
        Rule = rule;
        Seed = seed;
        Timeline = timeline;
    }

    /// <summary>The rule that was broken, as a sentence.</summary>
    public string Rule { get; }

    /// <summary>The smallest plan found that breaks it, for <c>OPERATORKIT_SEEDS</c>, <see cref="SimulationOptions.Seeds"/> or <see cref="Simulation.ReplayAsync"/>.</summary>
    public string Seed { get; }

    /// <summary>What happened in that plan, one line each.</summary>
    public string Timeline { get; }
}
