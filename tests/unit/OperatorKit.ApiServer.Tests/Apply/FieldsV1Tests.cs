using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Apply;

public sealed class FieldsV1Tests
{
    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"f:a":{}}""")]
    [InlineData("""{"f:a":{".":{},"f:b":{}},"f:c":{}}""")]
    [InlineData("""{"f:l":{"k:{\"a\":1,\"b\":\"x\"}":{".":{},"f:a":{}},"v:\"z\"":{}}}""")]
    public void Fields_are_written_as_they_were_read(string fields) =>
        FieldsV1.Write(FieldsV1.Read(Read(fields))).ToString().ShouldBe(Read(fields).ToString());

    [Fact]
    public void Keys_are_put_in_order_and_unknown_elements_dropped() =>
        FieldsV1.Write(FieldsV1.Read(Read("""{"k:{\"b\":1,\"a\":2.0}":{},"x:future":{}}"""))).ToString().ShouldBe("""{"k:{\"a\":2,\"b\":1}":{}}""");

    [Fact]
    public void An_element_without_a_kind_is_an_error() =>
        Should.Throw<JsonSyntaxException>(() => FieldsV1.Read(Read("""{"frob":{}}""")));

    private static JsonObject Read(string json) => (JsonObject)JsonParser.Parse(json).Value;
}
