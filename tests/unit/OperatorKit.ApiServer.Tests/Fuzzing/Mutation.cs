namespace OperatorKit.Tests.Fuzzing;

/// <summary>Small damage to a sequence that was good.</summary>
internal static class Mutation
{
    private const int MaximumLength = 4096;

    public static T[] Of<T>(Random random, IReadOnlyList<T[]> corpus, T[] alphabet)
    {
        var mutated = new List<T>(Pick(random, corpus));
        for (var left = random.Next(1, 6); left > 0 && mutated.Count < MaximumLength; left--)
            Damage(random, mutated, corpus, alphabet);
        return [.. mutated];
    }

    private static void Damage<T>(Random random, List<T> mutated, IReadOnlyList<T[]> corpus, T[] alphabet)
    {
        var at = random.Next(mutated.Count + 1);
        var length = random.Next(Math.Min(mutated.Count - at, 16) + 1);
        switch (random.Next(7))
        {
            case 0:
                mutated.Insert(at, Pick(random, alphabet));
                break;
            case 1 when at < mutated.Count:
                mutated[at] = Pick(random, alphabet);
                break;
            case 2:
                mutated.RemoveRange(at, length);
                break;
            case 3:
                mutated.RemoveRange(at, mutated.Count - at);
                break;
            case 4:
                var repeated = mutated.GetRange(at, length);
                for (var times = random.Next(40); times > 0; times--)
                    mutated.InsertRange(at, repeated);
                break;
            case 5:
                var other = Pick(random, corpus);
                var from = random.Next(other.Length + 1);
                mutated.InsertRange(at, other.AsSpan(from, random.Next(other.Length - from + 1)).ToArray());
                break;
            case 6 when length > 0:
                mutated.Reverse(at, length);
                break;
        }
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
