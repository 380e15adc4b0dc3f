using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.Cel;

public sealed class CelRuleTests
{
    [Theory]
    [InlineData("{'rule':'self.min <= self.max','message':'too large'}", "{'min':2,'max':1}", "spec: Invalid value: too large")]
    [InlineData("{'rule':'self.min <= self.max'}", "{'min':2,'max':1}", "spec: Invalid value: failed rule: self.min <= self.max")]
    [InlineData("{'rule':'self.min > 2','message':'m','reason':'FieldValueForbidden','fieldPath':'.min'}", "{'min':2}", "spec.min: Forbidden: m")]
    [InlineData("{'rule':'self.min > 2','message':'m','reason':'FieldValueRequired'}", "{'min':2}", "spec: Required value: m")]
    [InlineData("{'rule':'self.min > 2','reason':'FieldValueDuplicate'}", "{'min':2}", "spec: Duplicate value")]
    [InlineData("{'rule':'self.min > 2','messageExpression':'\\'got \\' + string(self.min)'}", "{'min':2}", "spec: Invalid value: got 2")]
    [InlineData("{'rule':'self.max > 2','message':'broken'}", "{'min':2}", "spec: Invalid value: \"object\": no such key: max evaluating rule: broken")]
    [InlineData("{'rule':'self.min > 1'}", "{'min':2}", "")]
    public void A_rule_that_does_not_hold_is_an_error(string rule, string spec, string expected) =>
        Errors(Schema(rule), $"{{'spec':{spec}}}", null).ShouldBe(expected);

    [Theory]
    [InlineData("null", "")]
    [InlineData("{'min':3}", "")]
    [InlineData("{'min':1}", "spec: Invalid value: min is fixed")]
    public void A_transition_rule_looks_at_the_stored_object(string old, string expected) =>
        Errors(Schema("{'rule':'self.min == oldSelf.min','message':'min is fixed'}"), "{'spec':{'min':3}}", $"{{'spec':{old}}}").ShouldBe(expected);

    [Theory]
    [InlineData("{}", "spec: Invalid value: first")]
    [InlineData("{'spec':{'min':9}}", "")]
    public void An_optional_old_value_may_be_missing(string old, string expected) =>
        Errors(Schema("{'rule':'oldSelf.hasValue()','message':'first','optionalOldSelf':true}"), "{'spec':{'min':3}}", old).ShouldBe(expected);

    [Fact]
    public void What_did_not_change_is_not_judged_again() =>
        Errors(Schema("{'rule':'self.min > 5'}"), "{'spec':{'min':3},'status':{}}", "{'spec':{'min':3}}").ShouldBe("");

    [Fact]
    public void Rules_of_items_and_values_name_their_place()
    {
        var schema = Read(
            "{'type':'object','properties':{'list':{'type':'array','items':{'type':'integer','x-kubernetes-validations':[{'rule':'self > 0','message':'p'}]}},"
            + "'map':{'type':'object','additionalProperties':{'type':'string','x-kubernetes-validations':[{'rule':'self.size() > 1','message':'s'}]}}}}");
        Errors(schema, "{'list':[1,-1],'map':{'a':'x','b':'xx'}}", null).ShouldBe("list[1]: Invalid value: -1: p; map[a]: Invalid value: \"x\": s");
    }

    [Fact]
    public void The_whole_object_shows_its_name()
    {
        var schema = Read("{'type':'object','x-kubernetes-validations':[{'rule':'self.metadata.name.startsWith(\\'a\\')','message':'n'}]}");
        Errors(schema, "{'metadata':{'name':'b'}}", null).ShouldBe("<nil>: Invalid value: n");
    }

    [Fact]
    public void Lists_of_type_set_and_map_compare_by_their_items()
    {
        var schema = Read(
            "{'type':'object','x-kubernetes-validations':[{'rule':'self.set == oldSelf.set && self.keyed == oldSelf.keyed'}],'properties':{"
            + "'set':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},"
            + "'keyed':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object','properties':{'k':{'type':'string'},'v':{'type':'integer'}}}}}}");
        Errors(schema, "{'set':['b','a'],'keyed':[{'k':'y','v':2},{'k':'x','v':1}]}", "{'set':['a','b'],'keyed':[{'k':'x','v':1},{'k':'y','v':2}]}").ShouldBe("");
        Errors(schema, "{'set':['b','c'],'keyed':[]}", "{'set':['a','b'],'keyed':[]}").ShouldNotBe("");
    }

    [Fact]
    public void Names_that_are_no_identifiers_are_escaped()
    {
        var schema = Read("{'type':'object','x-kubernetes-validations':[{'rule':'self.a__dash__b == self.__in__ && self.c__dot__d == 1'}],'properties':{'a-b':{'type':'integer'},'in':{'type':'integer'},'c.d':{'type':'integer'}}}");
        Errors(schema, "{'a-b':2,'in':2,'c.d':1}", null).ShouldBe("");
    }

    [Theory]
    [InlineData("{'rule':'self.b == 1'}", "p.x-kubernetes-validations[0].rule", "compilation failed: ERROR: <input>:1:5: undefined field 'b'\n | self.b == 1\n | ....^")]
    [InlineData("{'rule':'duration(\\'x\\') < duration(\\'1s\\')'}", "p.x-kubernetes-validations[0].rule", "compilation failed: ERROR: <input>:1:10: invalid duration argument\n | duration('x') < duration('1s')\n | .........^")]
    [InlineData("{'rule':'\\'a\\'.matches(\\'[\\')'}", "p.x-kubernetes-validations[0].rule", "compilation failed: ERROR: <input>:1:13: invalid matches argument\n | 'a'.matches('[')\n | ............^")]
    [InlineData("{'rule':'self.min.string() == \\'\\''}", "p.x-kubernetes-validations[0].rule", "compilation failed: ERROR: <input>:1:16: found no matching overload for 'string' applied to 'int.()'\n | self.min.string() == ''\n | ...............^")]
    [InlineData("{'rule':'self.min + 1'}", "p.x-kubernetes-validations[0].rule", "cel expression must evaluate to a bool")]
    [InlineData("{'rule':''}", "p.x-kubernetes-validations[0].rule", "Required value: rule is not specified")]
    [InlineData("{'rule':'self.min > 1','message':'a\\nb'}", "p.x-kubernetes-validations[0].message", "must not contain line breaks")]
    [InlineData("{'rule':'self.min > 1','messageExpression':'self.min'}", "p.x-kubernetes-validations[0].messageExpression", "messageExpression must evaluate to a string")]
    [InlineData("{'rule':'self.min > 1','reason':'Because'}", "p.x-kubernetes-validations[0].reason", "supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"")]
    [InlineData("{'rule':'self.min > 1','fieldPath':'.zz'}", "p.x-kubernetes-validations[0].fieldPath", "must be a valid path")]
    [InlineData("{'rule':'self.min > 1','optionalOldSelf':true}", "p.x-kubernetes-validations[0].optionalOldSelf", "may not be set if oldSelf is not used in rule")]
    public void A_definition_with_a_wrong_rule_is_refused(string rule, string field, string message)
    {
        var error = CelDefinitionCheck.Check(Schema(rule).Property("spec")!.Schema, "p", isUnchanged: false).ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Message.ShouldEndWith(message);
    }

    [Fact]
    public void A_rule_at_fault_is_shown_as_go_writes_it() =>
        CelDefinitionCheck.Check(Schema("{'rule':'self.min > true'}").Property("spec")!.Schema, "p", isUnchanged: false)[0].Message
            .ShouldStartWith("""Invalid value: {"Rule":"self.min \u003e true","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: """);

    [Fact]
    public void Old_items_cannot_be_followed_without_keys()
    {
        var schema = Read("{'type':'array','maxItems':9,'items':{'type':'string','maxLength':9,'x-kubernetes-validations':[{'rule':'self == oldSelf'}]}}");
        CelDefinitionCheck.Check(schema, "p", isUnchanged: false).ShouldHaveSingleItem().Message
            .ShouldBe("Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within p");
    }

    private static StructuralSchema Schema(string rule) =>
        Read($"{{'type':'object','properties':{{'spec':{{'type':'object','x-kubernetes-validations':[{rule}],'properties':{{'min':{{'type':'integer'}},'max':{{'type':'integer'}}}}}},'status':{{'type':'object'}}}}}}");

    private static StructuralSchema Read(string json) =>
        StructuralSchemaReader.Read((JsonObject)JsonParser.Parse(json.Replace("\\'", "\u0001", StringComparison.Ordinal).Replace('\'', '"').Replace('\u0001', '\'')).Value);

    private static string Errors(StructuralSchema schema, string value, string? old) =>
        string.Join("; ", CelValidator.Validate(schema, Document.Object(value), old is null ? null : Document.Object(old)));
}
