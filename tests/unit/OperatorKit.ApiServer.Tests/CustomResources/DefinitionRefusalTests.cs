using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.CustomResources;

/// <summary>Definitions that a real server was given, and its words about them.</summary>
public sealed class DefinitionRefusalTests
{
    [Theory]
    [InlineData("{'name':'','type':'text','jsonPath':'x['}", "spec.additionalPrinterColumns[0].name: Required value, spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of boolean,date,integer,number,string, spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"x[\": must be a simple json path starting with .")]
    [InlineData("{'name':'b','type':'string','format':'odd','jsonPath':''}", "spec.additionalPrinterColumns[0].format: Invalid value: \"odd\": must be one of byte,date,date-time,double,float,int32,int64,password, spec.additionalPrinterColumns[0].JSONPath: Required value")]
    public Task Printer_columns_have_a_name_a_type_a_format_and_a_path(string column, string problem) => RefusedAsync($"'additionalPrinterColumns':[{column}],", "", "", problem);

    [Theory]
    [InlineData(".spec.o", "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.")]
    [InlineData(".spec.none", "is an invalid path: does not refer to a valid field")]
    [InlineData(".metadata.name", "is an invalid path: does not refer to a valid field")]
    [InlineData("spec.a", "is an invalid path: expected [ or . but got: spec")]
    public Task A_selectable_field_is_a_plain_value(string path, string problem) =>
        RefusedAsync($"'selectableFields':[{{'jsonPath':'{path}'}}],", "", "", $"spec.selectableFields[0].jsonPath: Invalid value: \"{path}\": {problem}");

    [Theory]
    [InlineData("a\\nb", "\"a\\nb\": must only contain printable UTF-8 characters; non-printable character found at index 1")]
    [InlineData("", "\"\": must not be an empty string")]
    public Task A_deprecation_is_a_line_of_text(string warning, string problem) =>
        RefusedAsync($"'deprecated':true,'deprecationWarning':'{warning}',", "", "", $"spec.versions[0].deprecationWarning: Invalid value: {problem}");

    [Fact]
    public Task Rules_are_compiled_only_where_all_of_them_are_written_as_they_should_be() => RefusedAsync(
        "",
        "",
        ",'r':{'type':'string','x-kubernetes-validations':[{'rule':'self =='},{'rule':'true','reason':'Odd'}]}",
        "spec.validation.openAPIV3Schema.properties[spec].properties[r].x-kubernetes-validations[1].reason: Unsupported value: \"Odd\": supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"");

    [Fact]
    public Task A_selectable_field_is_named_once() =>
        RefusedAsync("'selectableFields':[{'jsonPath':'.spec.a'},{'jsonPath':'.spec.a'}],", "", "", "spec.selectableFields[1].jsonPath: Duplicate value: \".spec.a\"");

    [Theory]
    [InlineData("'strategy':'None','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'https://x'}}", "spec.conversion.webhookClientConfig: Forbidden: should not be set when strategy is not set to Webhook, spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook")]
    [InlineData("'strategy':'Webhook','webhook':{'conversionReviewVersions':[],'clientConfig':{'url':'http://x'}}", "spec.conversion.webhookClientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[/path], spec.conversion.conversionReviewVersions: Required value")]
    [InlineData("'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1beta1','v9'],'clientConfig':{'service':{'name':'a','namespace':'b','port':0,'path':'x'}}}", "spec.conversion.webhookClientConfig.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive, spec.conversion.webhookClientConfig.service.path: Invalid value: \"x\": must start with a '/', spec.conversion.webhookClientConfig.service.path: Invalid value: \"x\": segment[0] may not be empty")]
    public Task A_webhook_that_converts_can_be_reached(string conversion, string problem) => RefusedAsync("", $"'conversion':{{{conversion}}},", "", problem);

    [Theory]
    [InlineData("'x':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'}]}", "spec.validation.openAPIV3Schema.properties[spec].properties[x].anyOf[0].type: Forbidden: must be empty to be structural")]
    [InlineData("'x':{'type':'string','anyOf':[{'type':'string','default':'x'}]}", "spec.validation.openAPIV3Schema.properties[spec].properties[x].anyOf[0].default: Forbidden: must be undefined to be structural, spec.validation.openAPIV3Schema.properties[spec].properties[x].anyOf[0].type: Forbidden: must be empty to be structural")]
    [InlineData("'x':{'type':'object','x-kubernetes-embedded-resource':true}", "spec.validation.openAPIV3Schema.properties[spec].properties[x].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields")]
    public Task A_schema_is_structural(string property, string problem) => RefusedAsync("", "", $",{property}", problem);

    private static async Task RefusedAsync(string version, string spec, string property, string problems)
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await cluster.PostAsync(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            $"{{'metadata':{{'name':'lamps.e.com'}},'spec':{{'group':'e.com','scope':'Namespaced',{spec}'names':{{'plural':'lamps','kind':'Lamp'}},'versions':[{{'name':'v1','served':true,'storage':true,{version}"
            + $"'schema':{{'openAPIV3Schema':{{'type':'object','properties':{{'spec':{{'type':'object','properties':{{'a':{{'type':'string'}},'o':{{'type':'object'}}{property}}}}}}}}}}}}}]}}}}");

        var text = problems.Contains(", spec.", StringComparison.Ordinal) ? $"[{problems}]" : problems;
        refused.StringAt("message").ShouldBe($"CustomResourceDefinition.apiextensions.k8s.io \"lamps.e.com\" is invalid: {text}");
    }
}
