using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.Schemas;

public sealed class StructuralSchemaValidationTests
{
    [Theory]
    [InlineData("""{"type":"string","maxLength":3,"default":"abc"}""", "")]
    [InlineData("{}", "s.properties[a].type: Required value: must not be empty for specified object fields")]
    [InlineData("""{"$ref":"#/x"}""", "s.properties[a].$ref: Forbidden: $ref is not supported")]
    [InlineData("""{"type":"text"}""", "s.properties[a].type: Unsupported value: \"text\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"")]
    [InlineData("""{"type":"array"}""", "s.properties[a].items: Required value: must be specified")]
    [InlineData("""{"type":"array","items":{}}""", "s.properties[a].items.type: Required value: must not be empty for specified array items")]
    [InlineData("""{"type":"array","items":{"type":"string"},"uniqueItems":true}""", "s.properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string"}},"additionalProperties":{"type":"string"}}""", "s.properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")]
    [InlineData("""{"type":"string","pattern":"("}""", "s.properties[a].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`")]
    [InlineData("""{"type":"integer","default":"x"}""", "s.properties[a].default: Invalid value: \"string\":  in body must be of type integer: \"string\"")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"integer"}},"default":{"y":1}}""", "s.properties[a].default: Invalid value: {\"y\":1}: must not have unknown fields")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}},"x-kubernetes-list-type":"map"}""", "s.properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}},"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"]}""",
        "s.properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}},"x-kubernetes-list-type":"set"}""",
        "s.properties[a].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set")]
    [InlineData("""{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"bag"}""", "s.properties[a].x-kubernetes-list-type: Unsupported value: \"bag\": supported values: \"atomic\", \"set\", \"map\"")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}},"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["q","r"]}""",
        "s.properties[a].x-kubernetes-list-map-keys: Invalid value: [\"q\",\"r\"]: entries must all be names of item properties")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":false}""", "s.properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined")]
    [InlineData("""{"type":"string","anyOf":[{"type":"string"}]}""", "s.properties[a].anyOf[0].type: Forbidden: must be empty to be structural")]
    [InlineData("""{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}""", "")]
    [InlineData("""{"type":"string","not":{"default":"x"}}""", "s.properties[a].not.default: Forbidden: must be undefined to be structural")]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"x":{"minLength":1}}}]}""", "s.properties[a].properties[x]: Required value: because it is defined in s.properties[a].anyOf[0].properties[x]")]
    public void A_schema_that_is_not_structural_is_refused_in_the_words_of_the_real_server(string property, string problems) =>
        Validate("{\"type\":\"object\",\"properties\":{\"a\":" + property + "}}").ShouldBe(problems);

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "s.type: Invalid value: \"array\": must be object at the root")]
    [InlineData("""{"properties":{}}""", "s.type: Required value: must not be empty at the root")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object","properties":{"labels":{"type":"object"}}}}}""",
        "s.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object","properties":{"name":{"type":"string","maxLength":8}}}}}""", "")]
    public void The_root_is_an_object_and_leaves_the_metadata_alone(string schema, string problems) => Validate(schema).ShouldBe(problems);

    private static string Validate(string schema) => string.Join(" | ", StructuralSchemaValidation.Validate((JsonObject)JsonParser.Parse(schema).Value, "s"));
}
