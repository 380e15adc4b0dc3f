namespace OperatorKit.Models.Tests.Serialization;

public class StringCacheTests
{
    [Fact]
    public void A_string_that_comes_again_is_not_allocated_again()
    {
        const string Text = """{"metadata":{"name":"string-cache-test","labels":{"string-cache-key":"string-cache-value"}}}""";
        var one = Json.Read<V1Pod>(Text);
        var two = Json.Read<V1Pod>(Text);

        two.Metadata.Name.ShouldBeSameAs(one.Metadata.Name);
        two.Metadata.Labels!.Single().Key.ShouldBeSameAs(one.Metadata.Labels!.Single().Key);
        two.Metadata.Labels!.Single().Value.ShouldBeSameAs(one.Metadata.Labels!.Single().Value);
    }

    [Fact]
    public void Strings_that_share_an_entry_are_still_told_apart()
    {
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++)
        {
            var name = new string([.. Enumerable.Range(0, random.Next(70)).Select(_ => "abÿé😀"[random.Next(4)])]) + random.Next(20);
            Json.Read<V1ObjectMeta>($$"""{"name":"{{name}}"}""").Name.ShouldBe(name);
        }
    }

    [Fact]
    public void Many_threads_read_what_was_written()
    {
        Parallel.For(0, 20_000, i =>
        {
            var name = "name-" + (i % 5000);
            if (Json.Read<V1ObjectMeta>($$"""{"name":"{{name}}"}""").Name != name)
                throw new InvalidOperationException(name);
        });
    }
}
