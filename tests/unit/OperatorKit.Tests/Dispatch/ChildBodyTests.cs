using System.Text;
using System.Text.Json;
using OperatorKit.Dispatch;
using OperatorKit.Models;
using OperatorKit.Serialization;
using static OperatorKit.Tests.Caching.Objects;

namespace OperatorKit.Tests.Dispatch;

public sealed class ChildBodyTests
{
    [Fact]
    public void What_the_server_owns_is_not_sent_and_the_owner_is()
    {
        var child = new V1ConfigMap
        {
            Metadata = new V1ObjectMeta
            {
                Name = "map",
                Uid = "uid-map",
                ResourceVersion = "7",
                Generation = 2,
                Labels = new Dictionary<string, string> { ["a"] = "b" },
                OwnerReferences = [new V1OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "other", Uid = "uid-other" }, new V1OwnerReference { Uid = "uid-app" }],
            },
            Data = new Dictionary<string, string> { ["k"] = "v" },
        };

        using var body = ChildBody.Write(child, App("app", 1), "default");

        JsonElement.DeepEquals(JsonElement.Parse(body.Span), JsonElement.Parse(
            """
            {"apiVersion":"v1","kind":"ConfigMap",
             "metadata":{"namespace":"default","name":"map","labels":{"a":"b"},"ownerReferences":[
              {"apiVersion":"v1","kind":"Pod","name":"other","uid":"uid-other"},
              {"apiVersion":"example.com/v1","kind":"SimpleApp","name":"app","uid":"uid-app","controller":true,"blockOwnerDeletion":true}]},
             "data":{"k":"v"}}
            """)).ShouldBeTrue(Encoding.UTF8.GetString(body.Span));
        child.Metadata.OwnerReferences.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":1}""", """{}""", false)]
    [InlineData("""{"a":{"b":"x"}}""", """{"a":{"b":"x","c":"y"}}""", true)]
    [InlineData("""{"a":[{"n":1}]}""", """{"a":[{"n":1,"m":2}]}""", true)]
    [InlineData("""{"a":[{"n":1}]}""", """{"a":[{"n":1},{"n":2}]}""", false)]
    [InlineData("""{"a":["x","y"]}""", """{"a":["y","x"]}""", false)]
    [InlineData("""{"a":true}""", """{"a":false}""", false)]
    [InlineData("""{"a":null}""", """{"a":null}""", true)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    public void An_apply_is_needless_only_where_all_of_it_is_there(string wanted, string actual, bool holds) =>
        JsonSubset.Holds(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(actual)).ShouldBe(holds);

    [Fact]
    public void Pooled_json_grows_with_what_is_written()
    {
        var text5000 = new string('x', 5_000);

        using var json = PooledJson.Write(text5000, static (Utf8JsonWriter writer, string text) =>
        {
            writer.WriteStartArray();
            for (var i = 0; i < 10; i++)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        });

        json.Memory.Length.ShouldBe((10 * 5_002) + 9 + 2);
    }
}
