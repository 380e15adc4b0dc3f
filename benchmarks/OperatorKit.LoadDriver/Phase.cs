namespace OperatorKit.LoadDriver;

/// <summary>The measurements of one phase.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Objects">To how many objects.</param>
/// <param name="PerSecond">Objects a second.</param>
/// <param name="P50">Median time to the effect, in milliseconds.</param>
/// <param name="P99">The time that one in a hundred exceeds.</param>
/// <param name="Cpu">Milliseconds of the operator's processor time for each object.</param>
/// <param name="Resident">Megabytes in memory at the end.</param>
/// <param name="Peak">Most megabytes that there ever were; 0 where the system does not say.</param>
internal sealed record Phase(string Name, int Objects, double PerSecond, double P50, double P99, double Cpu, double Resident, double Peak)
{
    public static string Header => $"{"phase",-8} {"objects",8} {"per s",9} {"p50 ms",9} {"p99 ms",9} {"CPU ms/object",14} {"RSS MB",8} {"peak MB",8}";

    /// <summary>The numbers by name; of all but the rate less is better.</summary>
    public IEnumerable<(string Name, double Value)> Measures =>
        [("per s", PerSecond), ("p50 ms", P50), ("p99 ms", P99), ("CPU ms/object", Cpu), ("RSS MB", Resident), ("peak MB", Peak)];

    /// <summary>The same phase of several rounds as one: the median of each number.</summary>
    public static Phase Median(IReadOnlyList<Phase> rounds) => rounds[0] with
    {
        PerSecond = Median(rounds, static phase => phase.PerSecond),
        P50 = Median(rounds, static phase => phase.P50),
        P99 = Median(rounds, static phase => phase.P99),
        Cpu = Median(rounds, static phase => phase.Cpu),
        Resident = Median(rounds, static phase => phase.Resident),
        Peak = Median(rounds, static phase => phase.Peak),
    };

    public override string ToString() => FormattableString.Invariant(
        $"{Name,-8} {Objects,8} {PerSecond,9:0} {P50,9:0.0} {P99,9:0.0} {Cpu,14:0.00} {Resident,8:0.0} {Peak,8:0.0}");

    private static double Median(IReadOnlyList<Phase> rounds, Func<Phase, double> measure)
    {
        var sorted = rounds.Select(measure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
