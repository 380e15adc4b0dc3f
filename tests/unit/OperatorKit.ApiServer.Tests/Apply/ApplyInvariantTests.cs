using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Apply;

/// <summary>What holds whatever managers apply, tried with many arbitrary but repeatable configurations.</summary>
public sealed class ApplyInvariantTests
{
    private static readonly string[] Managers = ["alpha", "beta", "gamma"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Applying_again_changes_nothing_and_letting_go_of_everything_leaves_nothing(int seed)
    {
        var random = new Random(seed);
        JsonObject? gadget = null;
        var configurations = new Dictionary<string, string>();
        for (var step = 0; step < 12; step++)
        {
            var manager = Managers[random.Next(Managers.Length)];
            configurations[manager] = Configuration(random);
            gadget = Gadgets.Apply(gadget, manager, configurations[manager], force: true);
            Gadgets.Apply(gadget, manager, configurations[manager]).ShouldBe(gadget);
            EveryConfiguredFieldIsThere(gadget, configurations[manager]);
            EveryOwnedFieldIsThere(gadget);
        }

        foreach (var manager in Managers)
            gadget = Gadgets.Apply(gadget, manager, "{}", force: true);
        gadget!.At("spec").ShouldBe(JsonObject.Empty);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Updates_own_what_they_change_and_nothing_twice(int seed)
    {
        var random = new Random(seed);
        var gadget = Gadgets.Create("alpha", Configuration(random));
        for (var step = 0; step < 8; step++)
        {
            gadget = Gadgets.Update(gadget, Managers[random.Next(Managers.Length)], Configuration(random), second: step);
            var owned = ManagedFields.Stored(gadget).Entries.Select(static entry => entry.Value.Fields).ToList();
            for (var i = 0; i < owned.Count; i++)
                owned.Skip(i + 1).ShouldAllBe(other => owned[i].Intersect(other).IsEmpty);
            FieldSet.UnionOf(owned).Except(FieldSet.OfFields("spec")).Except(Everything(gadget)).Paths().Where(static path => path[^1].StartsWith("v:", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    private static void EveryConfiguredFieldIsThere(JsonObject gadget, string configuration)
    {
        var type = MergeType.ForObject(Gadgets.Schema);
        AppliedFields.Of(Gadgets.WithSpec(configuration), type).Except(AppliedFields.Of(gadget, type).WithDeclaredFields(type)).Paths()
            .Where(static path => path.Count > 2).ShouldBeEmpty();
    }

    private static void EveryOwnedFieldIsThere(JsonObject gadget) =>
        ManagedFields.Stored(gadget).Entries.SelectMany(entry => entry.Value.Fields.Except(Everything(gadget)).Paths()).ShouldBeEmpty();

    private static FieldSet Everything(JsonObject gadget)
    {
        var type = MergeType.ForObject(Gadgets.Schema);
        return AppliedFields.Of(gadget, type).WithDeclaredFields(type);
    }

    private static string Configuration(Random random)
    {
        var members = new List<string>();
        if (random.Next(2) == 0)
            members.Add($"'size':{random.Next(3)}");
        if (random.Next(2) == 0)
            members.Add($"'set':[{Some(random, static i => $"'s{i}'")}]");
        if (random.Next(2) == 0)
            members.Add($"'atomic':[{Some(random, static i => $"'a{i}'")}]");
        if (random.Next(2) == 0)
            members.Add($"'parts':[{Some(random, i => $"{{'id':'p{i}','v':{random.Next(3)}}}")}]");
        if (random.Next(2) == 0)
            members.Add($"'gran':{{{Some(random, i => $"'k{i}':'{random.Next(3)}'")}}}");
        if (random.Next(2) == 0)
            members.Add($"'whole':{{{Some(random, i => $"'k{i}':'{random.Next(3)}'")}}}");
        if (random.Next(2) == 0)
            members.Add($"'free':{{{Some(random, i => $"'f{i}':{{'x':{random.Next(3)}}}")}}}");
        return $"{{{string.Join(',', members)}}}";
    }

    // Never empty: storage does not tell an empty list from none, so it comes and goes.
    private static string Some(Random random, Func<int, string> item)
    {
        var indexes = Enumerable.Range(0, 4).Where(i => i == 0 || random.Next(2) == 0).ToArray();
        random.Shuffle(indexes);
        return string.Join(',', indexes.Select(item));
    }
}
