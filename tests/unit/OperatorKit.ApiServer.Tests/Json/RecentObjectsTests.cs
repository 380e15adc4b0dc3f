using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Json;

public sealed class RecentObjectsTests
{
    [Fact]
    public void Objects_beyond_the_capacity_rest_as_text_and_come_back_when_looked_at()
    {
        var recent = new RecentObjects(2);
        var objects = Objects(3, recent);

        objects[0].IsUnfolded.ShouldBeFalse();
        objects[1].IsUnfolded.ShouldBeTrue();
        objects[0].StringAt("metadata", "name").ShouldBe("object-0");
        objects[1].IsUnfolded.ShouldBeFalse();
        objects[1].ShouldBe(Object(1));
    }

    [Theory]
    [InlineData("""{"a":1.0,"b":1e3,"c":-0,"d":12345678901234567890,"e":null,"f":[],"g":{},"h":true}""")]
    [InlineData("""{"text":"\"\\/\b\n\u0000\u001f<&>é€𝄞�","":""}""")]
    [InlineData("""{"9":1,"8":1,"7":1,"6":1,"5":1,"4":1,"3":1,"2":1,"1":{"deep":[[{"x":[1,"2"]}]]}}""")]
    public void What_has_rested_is_written_as_before(string json)
    {
        var rested = (JsonObject)JsonParser.Parse(json).Value;
        var expected = rested.ToString();
        rested.RestAmong(new RecentObjects(0));

        rested.IsUnfolded.ShouldBeFalse();
        rested.ToString().ShouldBe(expected);
        JsonObject.Of(("inside", rested)).ToString().ShouldBe($$"""{"inside":{{expected}}}""");
        Encoding.UTF8.GetString(JsonText.ToUtf8(rested, indented: true)).ShouldBe(Encoding.UTF8.GetString(JsonText.ToUtf8(JsonParser.Parse(json).Value, indented: true)));
        rested.ShouldBe(JsonParser.Parse(json).Value);
        rested.With("more", "x").Without("more").ToString().ShouldBe(expected);
    }

    [Fact]
    public void An_object_that_is_written_may_send_others_to_rest()
    {
        var list = JsonArray.Of(Objects(50, new RecentObjects(1)));
        var nested = JsonArray.Of(list.Items.Select(static item => JsonObject.Of(("name", ((JsonObject)item).StringAt("metadata", "name")!), ("object", item))));

        nested.ToString().ShouldBe($"[{string.Join(',', Enumerable.Range(0, 50).Select(static i => $$"""{"name":"object-{{i}}","object":{{Object(i)}}}"""))}]");
    }

    [Fact]
    public void Those_who_look_at_the_same_time_see_the_same()
    {
        var objects = Objects(8, new RecentObjects(2));

        Parallel.For(0, 4_000, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, i => objects[i % 8].ShouldBe(Object(i % 8)));
    }

    private static JsonObject[] Objects(int count, RecentObjects recent)
    {
        var objects = Enumerable.Range(0, count).Select(Object).ToArray();
        foreach (var each in objects)
            each.RestAmong(recent);
        return objects;
    }

    private static JsonObject Object(int i) => JsonObject.Of(("kind", "Thing"), ("metadata", JsonObject.Of(("name", $"object-{i}"))), ("spec", JsonObject.Of(("replicas", i))));
}
