using System.Globalization;

namespace OperatorKit.Testing.Simulations.Plans;

/// <summary>Reads which seeds to run: <c>7</c>, <c>1-200</c>, or <c>7:s0.3:f2</c>, the smaller plan that a failure names.</summary>
internal static class SeedText
{
    /// <summary>The seeds that a text names, the parts to keep where it names some.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static (int First, int Last, Parts? Keep) Parse(string text)
    {
        try
        {
            var pieces = text.Trim().Split(':');
            if (pieces.Length == 3)
                return (Number(pieces[0]), Number(pieces[0]), new Parts(Numbers(pieces[1], 's'), Numbers(pieces[2], 'f')));
            var range = pieces[0].Split('-');
            return pieces.Length == 1 && range.Length <= 2 ? (Number(range[0]), Number(range[^1]), null) : throw new FormatException();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new FormatException($"\"{text}\" names no seeds. Write a seed as 7, a range as 1-200, or the text that a failed simulation printed, as 7:s0.3:f2.", exception);
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static HashSet<int> Numbers(string text, char mark)
    {
        if (!text.StartsWith(mark))
            throw new FormatException();
        return [.. text[1..].Split('.', StringSplitOptions.RemoveEmptyEntries).Select(Number)];
    }

    /// <summary>The numbers of the steps and faults of a plan that are kept.</summary>
    internal sealed record Parts(IReadOnlySet<int> Steps, IReadOnlySet<int> Faults)
    {
        public Plan Of(Plan plan) => plan
            .WithSteps(plan.Steps.Where(step => Steps.Contains(step.Number)))
            .WithFaults(plan.Faults.Where(fault => Faults.Contains(fault.Number)).Concat(Faults.Where(Sweep.Has).Order().Select(Sweep.At)));
    }
}
