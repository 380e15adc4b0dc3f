using System.Collections.Immutable;
using System.Globalization;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Cel.Costs;

/// <summary>What expressions cost while they run. A real server was given each with so much beside it that it just passed, and then with one unit more.</summary>
public sealed class CelRunCostTests
{
    private const string Message = "{'rule':'false','messageExpression':'self.a.all(x, self.a.all(y, true)) ? \\u0027all\\u0027 : \\u0027none\\u0027'}";

    private static readonly CelEnvironment Environment = new(ImmutableDictionary<string, CelType>.Empty.Add("object", CelType.Dyn));

    private static readonly JsonObject Object = JsonObject.Of(
        ("metadata", JsonObject.Of(("name", "q"))),
        ("data", JsonObject.Of(
            ("s", string.Join(',', Enumerable.Range(0, 40).Select(static i => string.Create(CultureInfo.InvariantCulture, $"w{i:D3}")))),
            ("i", string.Join(',', Enumerable.Range(0, 30).Select(static i => i * 7 % 50))),
            ("u", "häß€😀 text"),
            ("q", "250m"),
            ("url", "https://a.example.com:80/p?a=b"),
            ("ip", "10.1.2.3"),
            ("x", "7"),
            ("n", "0"))));

    [Fact]
    public void Expressions_cost_what_they_cost_a_real_server()
    {
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Cel", "Costs", "run-costs.tsv")))
        {
            var (cost, expression) = (line[..line.IndexOf('\t', StringComparison.Ordinal)], line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]);
            // A list of one constant is a constant, and costs nothing.
            if (Cost($"[dyn({expression})]").ToString(CultureInfo.InvariantCulture) is var counted && counted != cost)
                wrong.Add($"{expression}: {counted} instead of {cost}");
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, "", 576, null, "'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: self.a.all(x, self.a.all(y, true))")]
    [InlineData(0, Message, 576, "all", "no further validation rules will be run due to call cost exceeds limit for messageExpression: \"self.a.all(x, self.a.all(y, true)) ? 'all' : 'none'\"")]
    [InlineData(11, "", 549, null, "validation failed due to running out of cost budget, no further validation rules will be run")]
    [InlineData(10, Message, 549, "all", "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run")]
    public async Task Rules_that_cost_too_much_for_an_object_refuse_it(int rules, string last, int most, string? within, string beyond)
    {
        await using var cluster = await Cluster.StartAsync();
        var all = string.Join(',', Enumerable.Repeat("{'rule':'self.a.all(x, self.a.all(y, true))'}", rules).Append(last).Where(static rule => rule.Length > 0));
        await cluster.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", $$$"""
            {'metadata':{'name':'widgets.e.com'},'spec':{'group':'e.com','scope':'Namespaced','names':{'plural':'widgets','kind':'Widget'},'versions':[{'name':'v1','served':true,'storage':true,
             'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','x-kubernetes-validations':[{{{all}}}],
              'properties':{'a':{'type':'array','maxItems':1000,'items':{'type':'integer'}} }} }} }}]}}
            """);
        await cluster.SettleAsync();

        (await CreateAsync(cluster, most)).ShouldBe(within is null ? null : $"Widget.e.com \"w\" is invalid: spec: Invalid value: {within}");
        (await CreateAsync(cluster, most + 1)).ShouldBe($"Widget.e.com \"w\" is invalid: spec: Invalid value: \"object\": {beyond}");
    }

    private static long Cost(string expression)
    {
        var compiled = CelCompiler.Compile(expression, Environment);
        compiled.Error.ShouldBeNull(expression);
        var budget = new CelBudget();
        compiled.Evaluate(new CelScope("object", CelJson.Untyped(Object), null), budget).ShouldNotBeOfType<CelError>(expression);
        return budget.Spent;
    }

    /// <summary>The message of the refusal, or null.</summary>
    private static async Task<string?> CreateAsync(Cluster cluster, int items)
    {
        var answer = await cluster.PostAsync("/apis/e.com/v1/namespaces/default/widgets?dryRun=All", $"{{'apiVersion':'e.com/v1','kind':'Widget','metadata':{{'name':'w'}},'spec':{{'a':[{string.Join(',', Enumerable.Repeat(1, items))}]}}}}");
        return answer.StringAt("kind") == "Status" ? answer.StringAt("message") : null;
    }
}
