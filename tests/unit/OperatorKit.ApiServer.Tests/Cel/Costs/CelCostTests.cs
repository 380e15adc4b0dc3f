using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.Cel.Costs;

public sealed class CelCostTests
{
    /// <summary>The limits of the columns of <c>rule-costs.tsv</c>: maxLength of texts, maxItems of lists, maxProperties of maps.</summary>
    private static readonly (int? Length, int? Items, int? Properties)[] Limits =
        [(null, null, null), (10, null, null), (null, 100, null), (64, 100, null), (1000, 1000, 1000), (20, 20, 20), (100_000, 5, 5)];

    /// <summary>Rules that a real server was given: by how much each exceeds what one may cost, with each of the limits; "-" where it was taken.</summary>
    [Fact]
    public void Rules_cost_what_they_cost_a_real_server()
    {
        var schemas = Limits.Select(static limit => Properties(limit.Length, limit.Items, limit.Properties)).ToArray();
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Cel", "Costs", "rule-costs.tsv")))
        {
            var columns = line.Split('\t');
            for (var i = 0; i < Limits.Length; i++)
            {
                if (Factor(columns[^1], schemas[i]) is var factor && factor != columns[i])
                    wrong.Add($"{columns[^1]} with {Limits[i]}: {factor} instead of {columns[i]}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{'type':'array','items':{'type':'string','x-kubernetes-validations':[{'rule':'self.matches(\"^[a-z]+$\")'}]}}", true)]
    [InlineData("{'type':'array','maxItems':5,'items':{'type':'string','maxLength':63,'x-kubernetes-validations':[{'rule':'self.matches(\"^[a-z]+$\")'}]}}", false)]
    [InlineData("{'type':'array','items':{'type':'integer','x-kubernetes-validations':[{'rule':'self > 3'}]}}", false)]
    [InlineData("{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'}}},'x-kubernetes-validations':[{'rule':'true','messageExpression':'self.a.map(x, x + \"y\").join(\"-\")'}]}", true)]
    public void A_rule_counts_as_often_as_its_value_can_stand_in_an_object(string schema, bool isRefused) => (Check(schema).Count > 0).ShouldBe(isRefused);

    [Fact]
    public void Rules_that_are_taken_each_may_be_too_much_together()
    {
        const string each = "{'type':'array','maxItems':600,'items':{'type':'string','maxLength':40},'x-kubernetes-validations':[{'rule':'self.all(x, self.all(y, x == y))'}]}";

        Check($"{{'type':'object','properties':{{{string.Join(',', Enumerable.Range(0, 20).Select(static i => $"'p{i}':{each}"))}}}}}").ShouldSatisfyAllConditions(
            static errors => errors.Count.ShouldBe(5),
            static errors => errors[0].ShouldEndWith("Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"),
            static errors => errors[^1].ShouldStartWith("p: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of "));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void What_a_rule_costs_is_no_reason_to_refuse_the_schema_that_is_stored(bool isUnchanged, int errors) => Check(
        "{'type':'array','maxItems':400,'items':{'type':'string','maxLength':300},'x-kubernetes-validations':[{'rule':'self.all(x, self.all(y, x == y))'}]}", isUnchanged).Count.ShouldBe(errors);

    private static List<string> Check(string schema, bool isUnchanged = false) =>
        [.. CelDefinitionCheck.Check(StructuralSchemaReader.Read((JsonObject)JsonParser.Parse(schema.Replace("\"", "\\\"", StringComparison.Ordinal).Replace('\'', '"')).Value), "p", isUnchanged).Select(static error => error.ToString())];

    private static string Factor(string rule, JsonObject properties)
    {
        const string start = "estimated rule cost exceeds budget by factor of ";
        var rules = JsonArray.Of(JsonObject.Of(("rule", rule)));
        var schema = StructuralSchemaReader.Read(JsonObject.Of(("type", "object"), ("properties", properties), ("x-kubernetes-validations", rules)));
        var message = CelDefinitionCheck.Check(schema, "p", isUnchanged: false).Select(static error => error.Message).FirstOrDefault() ?? "-";
        return message.IndexOf(start, StringComparison.Ordinal) is >= 0 and var at ? message[(at + start.Length)..].Split(" (")[0].Replace("more than ", ">", StringComparison.Ordinal) : message;
    }

    private static JsonObject Properties(int? length, int? items, int? properties)
    {
        var text = $"{{'type':'string'{Limit("maxLength", length)}}}";
        var list = $"'type':'array'{Limit("maxItems", items)}";
        var map = $"'type':'object'{Limit("maxProperties", properties)}";
        return Document.Object($"{{'s':{text},'t':{text},'n':{{'type':'integer'}},'d':{{'type':'number'}},'f':{{'type':'boolean'}},'e':{{'type':'string','enum':['aa','bbbb']}},"
            + $"'ls':{{{list},'items':{text}}},'ln':{{{list},'items':{{'type':'integer'}}}},'set':{{{list},'x-kubernetes-list-type':'set','items':{text}}},"
            + $"'lo':{{{list},'items':{{'type':'object','required':['a'],'properties':{{'a':{text},'b':{{'type':'integer'}},'inn':{{{list},'items':{text}}}}}}}}},"
            + $"'ms':{{{map},'additionalProperties':{text}}},'mo':{{{map},'additionalProperties':{{'type':'object','properties':{{'a':{text}}}}}}},"
            + $"'b':{{'type':'string','format':'byte'{Limit("maxLength", length)}}},'dur':{{'type':'string','format':'duration'}},'ts':{{'type':'string','format':'date-time'}},"
            + $"'ios':{{'x-kubernetes-int-or-string':true}},'o':{{'type':'object','properties':{{'x':{text},'y':{{'type':'integer'}}}}}}}}");
    }

    private static string Limit(string keyword, int? value) => value is { } limit ? $",'{keyword}':{limit}" : "";
}
