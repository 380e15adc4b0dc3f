using OperatorKit.Caching;

namespace OperatorKit.Tests.Sharding;

public sealed class ShardTests
{
    private static readonly ObjectKey[] Keys = [.. Enumerable.Range(0, 3000).Select(static i => new ObjectKey($"team-{i % 7}", $"app-{i}"))];

    [Fact]
    public void Every_object_is_in_one_shard_and_the_shards_are_of_a_size()
    {
        var shards = Enumerable.Range(0, 5).Select(static i => new Shard(i, 5)).ToList();

        Keys.ShouldAllBe(key => shards.Count(shard => shard.Holds(key)) == 1);
        shards.ShouldAllBe(shard => Keys.Count(shard.Holds) > 500 && Keys.Count(shard.Holds) < 700);
    }

    [Fact]
    public void A_further_shard_takes_objects_and_moves_none_between_the_others()
    {
        for (var i = 0; i < 4; i++)
        {
            Keys.Where(new Shard(i, 5).Holds).ShouldAllBe(key => new Shard(i, 4).Holds(key));
        }
    }

    [Fact]
    public void The_shard_of_a_name_is_the_same_in_every_release() =>
        Enumerable.Range(0, 8).Select(static i => Enumerable.Range(0, 3).Single(shard => new Shard(shard, 3).Holds(new ObjectKey("default", $"app-{i}")))).ShouldBe([0, 2, 2, 0, 1, 1, 0, 0]);

    [Theory]
    [InlineData("0/3", null, "tier notin (1,2)")]
    [InlineData("2/3", null, "tier=2")]
    [InlineData("2/3", "app=web", "app=web,tier=2")]
    [InlineData("0/1", "app=web", "app=web")]
    public void A_label_is_selected_by_the_server(string shard, string? selector, string expected) =>
        (Shard.Parse(shard) with { Label = "tier" }).Selector(selector).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("3/3")]
    [InlineData("-1/3")]
    [InlineData("0/0")]
    [InlineData("a/b")]
    public void What_is_no_shard_is_refused(string text) => Should.Throw<FormatException>(() => Shard.Parse(text)).Message.ShouldContain("as in 0/3, 1/3 and 2/3");
}
