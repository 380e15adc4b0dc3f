using System;
using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Baselines;

/// <summary>Tells renamed members from members that are gone: a rename leaves a new member of the same schema.</summary>
internal static class Renames
{
    private static readonly string[] Wording = ["description", "title", "example", "default"];

    /// <summary>The new names of members that are gone, as far as they seem to have one; each new name is given once.</summary>
    public static IReadOnlyDictionary<string, string> Of(Mapping before, Mapping after)
    {
        var gone = before.Entries.Where(e => after[e.Key] is null).ToList();
        var added = after.Entries.Where(e => before[e.Key] is null).ToList();
        var names = new Dictionary<string, string>();
        foreach (var old in gone)
        {
            var alike = added.Where(a => IsAlike(old.Value, a.Value)).OrderBy(a => Distance(old.Key, a.Key)).ToList();
            if (alike.Count == 0)
                continue;

            // Alone of their kind they need no name in common; among others they do.
            var isAlone = alike.Count == 1 && gone.Count(g => IsAlike(g.Value, old.Value)) == 1;
            if (!isAlone && Distance(old.Key, alike[0].Key) * 2 > Math.Max(old.Key.Length, alike[0].Key.Length))
                continue;
            names[old.Key] = alike[0].Key;
            added.Remove(alike[0]);
        }

        return names;
    }

    private static bool IsAlike(Node before, Node after)
        => before is Mapping old && after is Mapping now ? Structure(old).SequenceEqual(Structure(now)) : before == after;

    private static IEnumerable<Entry> Structure(Mapping schema) => schema.Entries.Where(static e => !Wording.Contains(e.Key)).OrderBy(static e => e.Key, StringComparer.Ordinal);

    /// <summary>How many letters have to change (Levenshtein), without regard to case.</summary>
    private static int Distance(string from, string to)
    {
        var costs = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(replaced, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs[to.Length];
    }
}
