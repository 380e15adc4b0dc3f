using System.Text.Json.Nodes;
using OperatorKit.Webhooks.Json;

namespace OperatorKit.Tests.Webhooks;

public sealed class UnknownMembersTests
{
    [Theory]
    // Nothing changed: the JSON is what it was, defaults of the type included.
    [InlineData("""{"x":1,"u":{"v":2}}""", """{"x":1,"d":5}""", """{"x":1,"d":5}""", """{"x":1,"u":{"v":2}}""")]
    // A member changed beside an unknown one, at any depth.
    [InlineData("""{"s":{"x":1,"u":2},"u":3}""", """{"s":{"x":1}}""", """{"s":{"x":9}}""", """{"s":{"x":9,"u":2},"u":3}""")]
    // A member was taken out; one that the type did not read (an explicit null) stays.
    [InlineData("""{"x":1,"n":null}""", """{"x":1}""", """{}""", """{"n":null}""")]
    // A default was changed.
    [InlineData("""{}""", """{"d":5}""", """{"d":6}""", """{"d":6}""")]
    // Items keep their unknown members when others come and go, and when they move.
    [InlineData("""{"l":[{"name":"a","u":1},{"name":"b","u":2}]}""", """{"l":[{"name":"a"},{"name":"b"}]}""", """{"l":[{"name":"new"},{"name":"b"},{"name":"a","x":1}]}""",
        """{"l":[{"name":"new"},{"name":"b","u":2},{"name":"a","u":1,"x":1}]}""")]
    // Items without names stay at their places.
    [InlineData("""{"l":[{"x":1,"u":1}]}""", """{"l":[{"x":1}]}""", """{"l":[{"x":2}]}""", """{"l":[{"u":1,"x":2}]}""")]
    // A list that the type read otherwise is taken as it is now.
    [InlineData("""{"l":[1,null]}""", """{"l":[1]}""", """{"l":[2]}""", """{"l":[2]}""")]
    public void A_change_keeps_what_the_type_does_not_know(string raw, string before, string after, string expected)
    {
        var changed = UnknownMembers.Change(JsonNode.Parse(raw), JsonNode.Parse(before), JsonNode.Parse(after));
        JsonNode.DeepEquals(changed, JsonNode.Parse(expected)).ShouldBeTrue(changed!.ToJsonString());
    }

    [Fact]
    public void A_conversion_writes_out_what_the_other_type_says()
    {
        var converted = UnknownMembers.Convert(
            JsonNode.Parse("""{"apiVersion":"v1","old":1,"u":2}"""), JsonNode.Parse("""{"apiVersion":"v1","old":1,"d":5}"""), JsonNode.Parse("""{"apiVersion":"v2","new":1,"d":5}"""));
        JsonNode.DeepEquals(converted, JsonNode.Parse("""{"apiVersion":"v2","u":2,"new":1,"d":5}""")).ShouldBeTrue(converted!.ToJsonString());
    }
}
