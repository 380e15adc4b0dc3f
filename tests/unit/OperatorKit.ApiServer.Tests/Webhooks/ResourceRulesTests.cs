using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.Tests.Webhooks;

public sealed class ResourceRulesTests
{
    [Theory]
    [InlineData("'pods','pods/status'", "")]
    [InlineData("'pods','*'", "")]
    [InlineData("'*','pods'", "r[0].resources: Invalid value: [\"*\",\"pods\"]: if '*' is present, must not specify other resources without subresources")]
    [InlineData("'*/*','pods'", "r[0].resources: Invalid value: [\"*/*\",\"pods\"]: if '*/*' is present, must not specify other resources")]
    [InlineData("'pods/*','pods/status'", "r[0].resources[1]: Invalid value: \"pods/status\": if 'pods/*' is present, must not specify pods/status")]
    [InlineData("'*/scale','pods/scale'", "r[0].resources[1]: Invalid value: \"pods/scale\": if '*/scale' is present, must not specify pods/scale")]
    [InlineData("''", "r[0].resources[0]: Required value")]
    [InlineData("", "r[0].resources: Required value")]
    public void Resources_are_named_once(string resources, string problem) => string.Join(", ", ResourceRules.Validate(
        Document.Object($"{{'r':[{{'apiGroups':[''],'apiVersions':['v1'],'operations':['*'],'resources':[{resources}]}}]}}"), "r", "").Select(static error => error.ToString().TrimStart('.'))).ShouldBe(problem);
}
