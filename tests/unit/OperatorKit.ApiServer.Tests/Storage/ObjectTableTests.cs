using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Tests.Storage;

public sealed class ObjectTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_holds_what_a_sorted_dictionary_holds_after_any_changes(int seed)
    {
        var random = new Random(seed);
        var expected = new SortedDictionary<string, StoredObject>(StringComparer.Ordinal);
        var table = ObjectTable.Empty;
        for (var i = 1; i <= 2_000; i++)
        {
            var obj = Object($"ns{random.Next(3)}", $"o{random.Next(300)}", i);
            var key = ObjectTable.Key(obj);
            if (random.Next(3) == 0)
            {
                table = table.Without(obj);
                expected.Remove(key);
            }
            else
            {
                table = table.With(obj);
                expected[key] = obj;
            }
        }

        table.Count.ShouldBe(expected.Count);
        table.In(null).ShouldBe(expected.Values);
        table.In("ns1").ShouldBe(expected.Values.Where(static obj => obj.Namespace == "ns1"));
        table.Find("ns1", "gone").ShouldBeNull();
        foreach (var after in (string[])["", "ns0/", "ns0/o150", "ns1/o1", "ns1/zzz", "ns2/o7", "x"])
        {
            var rest = expected.Where(entry => string.CompareOrdinal(entry.Key, after) > 0).Select(static entry => entry.Value).ToList();
            table.In(null, after).ShouldBe(rest);
            table.CountAfter(null, after).ShouldBe(rest.Count);
            table.CountAfter("ns1", after).ShouldBe(rest.Count(static obj => obj.Namespace == "ns1"));
        }
    }

    [Fact]
    public void Names_that_come_and_go_in_order_do_not_make_it_a_chain()
    {
        ObjectTree? tree = null;
        for (var i = 0; i < 50_000; i++)
            tree = ObjectTree.With(tree, Object("ns", $"o{i:d5}", i));
        for (var i = 0; i < 49_000; i++)
            tree = ObjectTree.Without(tree, $"o{i:d5}");

        tree!.Count.ShouldBe(1_000);
        ObjectTree.After(tree, "o49997").Select(static obj => obj.Name).ShouldBe(["o49998", "o49999"]);
    }

    private static StoredObject Object(string ns, string name, int revision) => new(ns, name, revision, JsonObject.Empty);
}
