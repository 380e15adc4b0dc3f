namespace OperatorKit.LoadDriver;

/// <summary>The measurements of one phase.</summary>
internal sealed record Phase(string Name, int Objects, TimeSpan Elapsed, double P50, double P99, TimeSpan Cpu, long ResidentBytes)
{
    public static string Header => $"{"phase",-8} {"objects",8} {"per s",9} {"p50 ms",9} {"p99 ms",9} {"CPU ms/object",14} {"RSS MB",8}";

    public override string ToString() => FormattableString.Invariant(
        $"{Name,-8} {Objects,8} {Objects / Elapsed.TotalSeconds,9:0} {P50,9:0.0} {P99,9:0.0} {Cpu.TotalMilliseconds / Objects,14:0.00} {ResidentBytes / 1e6,8:0.0}");
}
