using System.Text.Json.Nodes;
using OperatorKit.Client;
using OperatorKit.Webhooks.Json;

namespace OperatorKit.Tests.Webhooks;

public sealed class JsonDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2]}}""", """{"a":1,"b":{"c":[1,2]}}""", "[]")]
    [InlineData("""{"a":1,"b":2}""", """{"b":3,"c":4}""", """[{"op":"remove","path":"/a"},{"op":"replace","path":"/b","value":3},{"op":"add","path":"/c","value":4}]""")]
    [InlineData("""{"l":[1,2,3]}""", """{"l":[1,9,2,3]}""", """[{"op":"add","path":"/l/1","value":9}]""")]
    [InlineData("""{"l":[1,2,3,4]}""", """{"l":[1,4]}""", """[{"op":"remove","path":"/l/2"},{"op":"remove","path":"/l/1"}]""")]
    [InlineData("""{"l":[{"n":"a","v":1},{"n":"b"}]}""", """{"l":[{"n":"a","v":2},{"n":"b"}]}""", """[{"op":"replace","path":"/l/0/v","value":2}]""")]
    [InlineData("""{"m":{"a/b~c":1}}""", """{"m":{"a/b~c":null}}""", """[{"op":"replace","path":"/m/a~1b~0c","value":null}]""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[1]}""", """[{"op":"replace","path":"/a","value":[1]}]""")]
    public void Only_what_differs_is_touched(string from, string to, string operations) =>
        System.Text.Encoding.UTF8.GetString(Patch.Json([.. JsonDifference.Between(JsonNode.Parse(from), JsonNode.Parse(to))]).Body.Span).ShouldBe(operations);

    [Fact]
    public void The_operations_lead_from_any_value_to_any_other()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var (from, to) = (Any(random, 4), Any(random, 4));
            var operations = JsonDifference.Between(from, to);
            JsonNode.DeepEquals(AppliedPatch.To(from, operations), to).ShouldBeTrue($"{from.ToJsonString()} to {to.ToJsonString()}");
            JsonDifference.Between(to, to.DeepClone()).ShouldBeEmpty();
        }
    }

    private static JsonObject Any(Random random, int depth)
    {
        var result = new JsonObject();
        foreach (var name in (string[])["a", "b/c", "d~", "name"])
        {
            if (random.Next(3) > 0)
                result[name] = Value(random, depth - 1);
        }

        return result;
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => null,
        1 => random.Next(3),
        2 => "text" + random.Next(3),
        3 => random.Next(2) == 0,
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth - 1))]),
        _ => Any(random, depth),
    };
}
