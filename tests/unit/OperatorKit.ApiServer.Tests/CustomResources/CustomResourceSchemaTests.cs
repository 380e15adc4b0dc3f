using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.CustomResources;

public sealed class CustomResourceSchemaTests
{
    [Theory]
    [InlineData("""{"type":"integer","minimum":3}""", "2", "x: Invalid value: 2: x in body should be greater than or equal to 3")]
    [InlineData("""{"type":"number","maximum":2.5,"exclusiveMaximum":true}""", "2.5", "x: Invalid value: 2.5: x in body should be less than 2.5")]
    [InlineData("""{"type":"integer","multipleOf":5}""", "7", "x: Invalid value: 7: x in body should be a multiple of 5")]
    [InlineData("""{"type":"string","minLength":2}""", "\"a\"", "x: Invalid value: \"a\": x in body should be at least 2 chars long")]
    [InlineData("""{"type":"string","minLength":2,"pattern":"^[a-z]+$"}""", "\"A\"", "x: Invalid value: \"A\": x in body should be at least 2 chars long")]
    [InlineData("""{"type":"string","maxLength":1}""", "\"ab\"", "x: Too long: may not be more than 1 byte")]
    [InlineData("""{"type":"string","pattern":"^[a-c]+$"}""", "\"abc\\n\"", "x: Invalid value: \"abc\\n\": x in body should match '^[a-c]+$'")]
    [InlineData("""{"type":"string","enum":["x","y"]}""", "\"z\"", "x: Unsupported value: \"z\": supported values: \"x\", \"y\"")]
    [InlineData("""{"type":"array","items":{"type":"string"},"maxItems":1}""", "[\"a\",\"b\"]", "x: Too many: 2: must have at most 1 item")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"},"minProperties":1}""", "{}", "x: Invalid value: 0: x in body should have at least 1 properties")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a","b"]}""", "{}", "x.a: Required value | x.b: Required value")]
    [InlineData("""{"type":"string"}""", "1", "x: Invalid value: \"integer\": x in body must be of type string: \"integer\"")]
    [InlineData("""{"type":"integer"}""", "1.5", "x: Invalid value: \"number\": x in body must be of type integer: \"number\" | <nil>: Invalid value: \"\": Checked value must be of type integer (default format) in x")]
    [InlineData("""{"type":"integer"}""", "2.0", "")]
    [InlineData("""{"type":"integer","format":"int32"}""", "3000000000", "<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in x")]
    [InlineData("""{"type":"integer","format":"int64"}""", "1.5", "x: Invalid value: \"float64\": x in body must be of type int64: \"float64\" | <nil>: Invalid value: \"\": Checked value must be of type integer with format int64 in x")]
    [InlineData("""{"type":"integer","format":"int32"}""", "2.0", "")]
    [InlineData("""{"type":"array","items":{"type":"string","maxLength":1},"maxItems":1}""", "[\"a\",\"bc\"]", "x[1]: Too long: may not be more than 1 byte | x: Too many: 2: must have at most 1 item")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[1,\"x\"]", "x[1]: Invalid value: \"string\": x[1] in body must be of type integer: \"string\"")]
    [InlineData("""{"x-kubernetes-int-or-string":true}""", "true", "x: Invalid value: \"boolean\": x in body must be of type integer,string: \"boolean\"")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2001-01-01\"", "x: Invalid value: \"2001-01-01\": x in body must be of type date-time: \"2001-01-01\"")]
    [InlineData("""{"type":"string","format":"unheard-of"}""", "\"anything\"", "")]
    [InlineData("""{"type":"string","anyOf":[{"minLength":4},{"pattern":"^z"}]}""", "\"abc\"",
        "<nil>: Invalid value: \"\": \"x\" must validate at least one schema (anyOf) | x: Invalid value: \"abc\": x in body should be at least 4 chars long")]
    [InlineData("""{"type":"integer","oneOf":[{"minimum":5},{"multipleOf":2}]}""", "6", "<nil>: Invalid value: \"\": \"x\" must validate one and only one schema (oneOf). Found 2 valid alternatives")]
    [InlineData("""{"type":"string","allOf":[{"minLength":2},{"maxLength":3}]}""", "\"abcd\"", "x: Too long: may not be more than 3 bytes | <nil>: Invalid value: \"\": \"x\" must validate all the schemas (allOf)")]
    [InlineData("""{"type":"string","not":{"enum":["bad"]}}""", "\"bad\"", "<nil>: Invalid value: \"\": \"x\" must not validate the schema (not)")]
    [InlineData("""{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set"}""", "[\"a\",\"b\",\"a\"]", "x[2]: Duplicate value: \"a\"")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object","properties":{"k":{"type":"string"},"v":{"type":"integer"}}}}""",
        """[{"k":"a","v":1},{"k":"a","v":2}]""", "x[1]: Duplicate value: {\"k\":\"a\"}")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}""", "{}", "x.apiVersion: Required value | x.kind: Required value")]
    public void A_wrong_value_is_refused_in_the_words_of_the_real_server(string schema, string value, string problems)
    {
        var root = Root("{\"type\":\"object\",\"properties\":{\"x\":" + schema + "}}");

        string.Join(" | ", CustomResourceSchema.Validate(Object($$"""{"x":{{value}}}"""), null, root)).ShouldBe(problems);
    }

    [Fact]
    public void Unknown_fields_are_pruned_and_reported_in_order_of_their_paths()
    {
        var schema = Root("""
            {"type":"object","properties":{"spec":{"type":"object","properties":{
              "obj":{"type":"object","properties":{"x":{"type":"integer"}}},
              "list":{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}}},
              "dict":{"type":"object","additionalProperties":{"type":"object","properties":{"v":{"type":"integer"}}}},
              "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"known":{"type":"object","properties":{"a":{"type":"string"}}}}}}}}}
            """);

        var decoded = CustomResourceSchema.Decode(
            Object("""{"metadata":{"name":"n","unknown":1},"spec":{"zz":1,"obj":{"zz":2},"list":[{"zz":3}],"dict":{"a":{"zz":4}},"free":{"other":{"deep":1},"known":{"a":"x","zz":2}}}}"""), schema);

        decoded.UnknownFields.ShouldBe(["metadata.unknown", "spec.dict.a.zz", "spec.free.known.zz", "spec.list[0].zz", "spec.obj.zz", "spec.zz"]);
        decoded.Value.ShouldBe(Object("""{"metadata":{"name":"n"},"spec":{"obj":{},"list":[{}],"dict":{"a":{}},"free":{"other":{"deep":1},"known":{"a":"x"}}}}"""));
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"spec":{}}""", """{"spec":{"nul":"n","plain":"p"}}""")]
    [InlineData("""{"spec":{"plain":null,"nul":null,"free":null,"obj":null,"list":null}}""", """{"spec":{"nul":null,"plain":"p","free":null}}""")]
    [InlineData("""{"spec":{"obj":{"y":{}},"list":[{}],"plain":"mine"}}""", """{"spec":{"nul":"n","obj":{"x":1,"y":{"z":"deep"}},"list":[{"k":"item"}],"plain":"mine"}}""")]
    public void Defaults_fill_what_is_absent_and_replace_nulls_that_are_not_allowed(string given, string stored)
    {
        var schema = Root("""
            {"type":"object","properties":{"spec":{"type":"object","properties":{
              "plain":{"type":"string","default":"p"},"nul":{"type":"string","nullable":true,"default":"n"},"free":{"type":"string","nullable":true},
              "obj":{"type":"object","properties":{"x":{"type":"integer","default":1},"y":{"type":"object","properties":{"z":{"type":"string","default":"deep"}}}}},
              "list":{"type":"array","items":{"type":"object","properties":{"k":{"type":"string","default":"item"}}}}}}}}
            """);

        CustomResourceSchema.Complete(CustomResourceSchema.Decode(Object(given), schema).Value, schema).ShouldBe(Object(stored));
    }

    [Theory]
    [InlineData("""{"name":"much-too-long","other":"ok"}""", "")]
    [InlineData("""{"name":"still-too-long"}""", "name: Too long: may not be more than 5 bytes")]
    [InlineData("""{"name":"much-too-long","map":[{"k":"b","v":1},{"k":"a","v":99}]}""", "")]
    [InlineData("""{"name":"much-too-long","map":[{"k":"a","v":98}]}""", "map[0].v: Invalid value: 98: map[0].v in body should be less than or equal to 10")]
    [InlineData("""{"name":"much-too-long","list":["long-one","b"]}""", "list[0]: Too long: may not be more than 3 bytes")]
    [InlineData("""{"name":"much-too-long","dup":["x","x","y"]}""", "")]
    public void What_was_stored_before_the_schema_tightened_may_stay_until_it_is_touched(string changed, string problems)
    {
        var schema = Root("""
            {"type":"object","properties":{"name":{"type":"string","maxLength":5},"other":{"type":"string"},
              "list":{"type":"array","items":{"type":"string","maxLength":3}},"dup":{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set"},
              "map":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object","properties":{"k":{"type":"string"},"v":{"type":"integer","maximum":10}}}}}}
            """);
        var stored = Object("""{"name":"much-too-long","list":["long-one"],"map":[{"k":"a","v":99}],"dup":["x","x"]}""");

        string.Join(" | ", CustomResourceSchema.Validate(Object(changed), stored, schema)).ShouldBe(problems);
    }

    private static StructuralSchema Root(string schema) => StructuralSchemaReader.Read(Object(schema));

    private static JsonObject Object(string json) => (JsonObject)JsonParser.Parse(json).Value;
}
