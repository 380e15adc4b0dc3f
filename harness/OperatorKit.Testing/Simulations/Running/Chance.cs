namespace OperatorKit.Testing.Simulations.Running;

/// <summary>Chance that depends on what it is asked for and not on how often it was asked before: leaving one thing out of a plan does not change the rest.</summary>
internal static class Chance
{
    /// <summary>SplitMix64 over two numbers.</summary>
    public static ulong Mix(ulong seed, ulong value)
    {
        var x = (seed * 0x9E3779B97F4A7C15) + value + 0x632BE59BD9B4E019;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>A number from 0 to below 1.</summary>
    public static double Of(int seed, int topic, int number) =>
        (Mix(Mix((ulong)(uint)seed, (ulong)(uint)topic), (ulong)(uint)number) >> 11) * (1.0 / (1UL << 53));
}
