using System.Globalization;

namespace OperatorKit.Testing;

/// <summary>What a <see cref="Simulation"/> that found nothing wrong has done.</summary>
/// <param name="Runs">How many runs there were.</param>
/// <param name="Writes">How many writes the operator sent, leases and Events included.</param>
/// <param name="VirtualTime">How much virtual time went by.</param>
/// <param name="Faults">How often each thing went wrong.</param>
public sealed record SimulationReport(int Runs, long Writes, TimeSpan VirtualTime, IReadOnlyDictionary<SimulatedFault, int> Faults)
{
    /// <summary>One line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Runs} runs, {Writes} writes, {VirtualTime.TotalHours:0.0} hours of virtual time, {Faults.Values.Sum()} faults: {string.Join(", ", Faults.OrderBy(static fault => fault.Key).Select(static fault => $"{fault.Key} {fault.Value}"))}");
}
