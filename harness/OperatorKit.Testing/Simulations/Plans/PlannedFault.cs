using System.Globalization;

namespace OperatorKit.Testing.Simulations.Plans;

/// <summary>One thing that goes wrong: at the so-and-so-manieth request, write or event of a replica, or at a time.</summary>
/// <param name="Kind">What.</param>
/// <param name="Replica">Whose; -1 for all.</param>
/// <param name="Number">Which request, write, lease request, event or review, from 1; 0 where <paramref name="At"/> counts.</param>
/// <param name="At">When, from the start.</param>
/// <param name="Length">How long, or how far.</param>
internal sealed record PlannedFault(SimulatedFault Kind, int Replica, int Number, TimeSpan At, TimeSpan Length)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}{(Replica < 0 ? "" : $" of operator-{Replica + 1}")}{(Number > 0 ? $" number {Number}" : $" at {At.TotalSeconds:0.000} s")}{(Length == TimeSpan.Zero ? "" : $", {Length.TotalSeconds:0.###} s")}");
}
