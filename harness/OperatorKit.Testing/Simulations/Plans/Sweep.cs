namespace OperatorKit.Testing.Simulations.Plans;

/// <summary>The faults that no seed makes: the first replica dies around a write of its. They have numbers of their own, so that a smaller plan can name them.</summary>
internal static class Sweep
{
    private const int First = 1000;

    public static (int Number, PlannedFault Fault) Before(int write) => At(First + (2 * write));

    public static (int Number, PlannedFault Fault) After(int write) => At(First + (2 * write) + 1);

    /// <summary>Whether a number is of a fault of this kind.</summary>
    public static bool Has(int number) => number >= First;

    /// <summary>The fault of a number.</summary>
    public static (int Number, PlannedFault Fault) At(int number) => (
        number,
        new PlannedFault(
            number % 2 == 0 ? SimulatedFault.CrashBeforeWrite : SimulatedFault.CrashAfterWrite, 0, (number - First) / 2, TimeSpan.Zero, TimeSpan.Zero));
}
