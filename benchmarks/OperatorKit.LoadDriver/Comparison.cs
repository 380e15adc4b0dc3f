namespace OperatorKit.LoadDriver;

/// <summary>Two operators side by side, with the ratio of the first to the second: on a machine that others use too, only that says something.</summary>
internal static class Comparison
{
    public static IEnumerable<string> Lines(IReadOnlyList<Phase> first, IReadOnlyList<Phase> second)
    {
        yield return $"{"phase",-8} {"measure",-14} {"first",10} {"second",10} {"ratio",8}";
        foreach (var phase in first)
        {
            if (second.FirstOrDefault(other => other.Name == phase.Name) is not { } other)
                continue;
            foreach (var ((name, ours), (_, theirs)) in phase.Measures.Zip(other.Measures))
            {
                if (ours > 0 && theirs > 0)
                    yield return FormattableString.Invariant($"{phase.Name,-8} {name,-14} {ours,10:0.00} {theirs,10:0.00} {ours / theirs,8:0.00}");
            }
        }
    }
}
