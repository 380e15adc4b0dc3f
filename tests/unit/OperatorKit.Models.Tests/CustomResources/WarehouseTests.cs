using System.Text.Json;

namespace OperatorKit.Models.Tests.CustomResources;

/// <summary>The JSON that the generator makes for a user's records.</summary>
public class WarehouseTests
{
    internal const string Full = """
        {"apiVersion":"example.com/v1","kind":"Warehouse","metadata":{"name":"w"},"spec":{"name":"North","address":{"street":"Main","number":7,"city":"X"},"language":"é\n","note":"n","floors":0,"basements":-1,"volume":9223372036854775807,"heated":false,"access":"nobody","night":"ByCode","opened":"2026-01-02T03:04:05Z","inspected":"2026-01-02T03:04:05Z","patrol":"1m30s","capacity":"1536Mi","door":"front","seal":"AQI=","site":"https://example.com/a?b=c","deed":"11111111-2222-3333-4444-555555555555","extra":[1,null,{"a":1.50}],"free":{"x":{"y":[]}},"shelves":[{"height":1},{"height":2,"material":"oak"}],"goods":[],"aliases":["a"],"codes":[3,2,1],"rooms":[1],"tags":["t"],"keys":["a","b"],"labels":{"k":"v"},"corners":{"ne":{"height":3}},"grid":[[1,2],[]],"power":{"limits":{"cpu":"500m"}}},"status":{"observedGeneration":4,"conditions":[{"type":"Ready","status":"True"}],"used":5}}
        """;

    [Fact]
    public void Every_shape_survives_a_round_trip()
    {
        using var expected = JsonDocument.Parse(Full);
        using var actual = JsonDocument.Parse(Json.Write(Json.Read<Warehouse>(Full)));
        JsonElement.DeepEquals(actual.RootElement, expected.RootElement).ShouldBeTrue(actual.RootElement.GetRawText());
    }

    [Fact]
    public void What_is_absent_has_the_default_of_its_declaration()
    {
        var spec = Json.Read<Warehouse>("""{"spec":{"name":"a","address":{"street":"s"}}}""").Spec;

        spec.Language.ShouldBe("en");
        spec.Floors.ShouldBe(2);
        spec.Heated.ShouldBeTrue();
        spec.Patrol.ShouldBe(TimeSpan.FromHours(1));
        spec.Door.ShouldBe((IntOrString)80);
        spec.Goods.ShouldBe(["paper"]);
        spec.Address.Number.ShouldBe(1);
        spec.Codes.IsDefault.ShouldBeFalse();
        spec.Night.ShouldBeNull();
    }

    [Fact]
    public void What_is_required_and_absent_is_empty_and_not_null()
    {
        var warehouse = Json.Read<Warehouse>("{}");

        warehouse.Spec.Name.ShouldBe("");
        warehouse.Spec.Address.Street.ShouldBe("");
        warehouse.Metadata.ShouldNotBeNull();
        warehouse.Status.ShouldBeNull();
    }

    [Fact]
    public void Defaults_that_can_change_are_not_shared()
    {
        var one = Json.Read<Warehouse>("{}");
        var two = Json.Read<Warehouse>("{}");

        one.Spec.Goods.Add("stone");

        two.Spec.Goods.ShouldBe(["paper"]);
        one.Metadata.ShouldNotBeSameAs(two.Metadata);
    }

    [Fact]
    public void Null_leaves_a_default_alone()
    {
        var spec = Json.Read<Warehouse>("""{"spec":{"floors":null,"language":null,"goods":null,"access":null,"address":null,"note":null}}""").Spec;

        spec.Floors.ShouldBe(2);
        spec.Language.ShouldBe("en");
        spec.Goods.ShouldBe(["paper"]);
        spec.Address.Street.ShouldBe("");
        spec.Note.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"spec":{"access":"Nobody"}}""", "$.spec.access: \"Nobody\" is not one of: ByKey, ByCode, nobody")]
    [InlineData("""{"spec":{"shelves":[{"height":1},{"height":"x"}]}}""", "$.spec.shelves[1].height: expected a number, found a string")]
    [InlineData("""{"spec":{"corners":{"n e":{"height":[]}}}}""", "$.spec.corners['n e'].height: expected a number, found a list")]
    [InlineData("""{"spec":{"patrol":"soon"}}""", "$.spec.patrol: \"soon\" is not a duration: write it as 1h30m, 45s or 250ms")]
    [InlineData("""{"spec":{"grid":[[1],[true]]}}""", "$.spec.grid[1][0]: expected a number, found a boolean")]
    [InlineData("""{"status":{"conditions":{}}}""", "$.status.conditions: expected a list, found an object")]
    public void Errors_tell_the_path(string json, string message) => Json.Error<Warehouse>(json).ShouldBe(message);

    [Fact]
    public void Order_strangers_duplicates_and_escapes_change_nothing()
    {
        var reordered = """{"later":{"a":[{}]},"status":{"used":1,"us\u0065d":5},"spec":{"floors":9,"unknown":[[]],"floors":3,"name":"b"},"metadata":{"managedFields":[{"manager":"x"}],"name":"w"}}""";
        var warehouse = Json.Read<Warehouse>(reordered);

        warehouse.Status!.Used.ShouldBe(5);
        warehouse.Spec.Floors.ShouldBe(3);
        warehouse.Spec.Name.ShouldBe("b");
        warehouse.Metadata.Name.ShouldBe("w");
    }

    [Fact]
    public void A_reader_over_several_segments_reads_the_same()
    {
        var whole = Json.Write(Json.Read<Warehouse>(Full));
        var bytes = System.Text.Encoding.UTF8.GetBytes(Full);
        for (var size = 1; size < 40; size += 6)
        {
            var reader = new Utf8JsonReader(Segments.Of(bytes, size));
            Json.Write(Warehouse.ReadJson(ref reader)).ShouldBe(whole);
        }
    }
}
