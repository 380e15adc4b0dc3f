using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class EventUpdateTests
{
    private const string Events = "/apis/events.k8s.io/v1/namespaces/default/events";
    private const string CoreEvents = "/api/v1/namespaces/default/events";

    private const string New = "{'metadata':{'name':'e'},'eventTime':'2026-01-01T00:00:00.000000Z','reportingController':'a.b/c','reportingInstance':'i','action':'a',"
        + "'reason':'r','type':'Normal','regarding':{'namespace':'default','kind':'Pod','name':'p'},'note':'n'}";

    private const string Old = "{'metadata':{'name':'e'},'involvedObject':{'namespace':'default','kind':'Pod','name':'p'},'message':'m','count':1}";

    [Theory]
    [InlineData("{'note':'other'}", "message: Invalid value: \"other\": field is immutable")]
    [InlineData("{'deprecatedCount':2}", "count: Invalid value: 2: field is immutable")]
    [InlineData("{'eventTime':null}", "eventTime: Invalid value: null: field is immutable")]
    [InlineData("{'regarding':{'name':'q'}}", "involvedObject: Invalid value: {\"Kind\":\"Pod\",\"Namespace\":\"default\",\"Name\":\"q\",\"UID\":\"\",\"APIVersion\":\"\",\"ResourceVersion\":\"\",\"FieldPath\":\"\"}: field is immutable")]
    [InlineData("{'deprecatedSource':{'component':'x'}}", "source: Invalid value: {\"Component\":\"x\",\"Host\":\"\"}: field is immutable")]
    [InlineData("{'series':{'count':1}}", "[series.count: Invalid value: \"\": should be at least 2, series.lastObservedTime: Required value]")]
    public async Task Through_the_newer_api_only_the_series_of_an_event_changes(string patch, string problem)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Events, New);

        var refused = await cluster.MergeAsync(Events + "/e", patch);

        refused.StringAt("message").ShouldBe($"Event \"e\" is invalid: {problem}");
        (await cluster.MergeAsync(Events + "/e", "{'series':{'count':2,'lastObservedTime':'2026-01-01T00:00:01.000000Z'}}")).LongAt("series", "count").ShouldBe(2);
    }

    [Fact]
    public async Task An_event_of_the_older_api_is_as_fixed_through_the_newer_and_free_through_its_own()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(CoreEvents, Old);

        (await cluster.MergeAsync(Events + "/e", "{'note':'other'}")).StringAt("message").ShouldBe("Event \"e\" is invalid: message: Invalid value: \"other\": field is immutable");
        (await cluster.MergeAsync(Events + "/e", "{'series':{'count':2,'lastObservedTime':'2026-01-01T00:00:01.000000Z'}}")).LongAt("code").ShouldBeNull();
        (await cluster.MergeAsync(CoreEvents + "/e", "{'message':'other'}")).StringAt("message").ShouldBe("other");
    }

    [Theory]
    [InlineData("'note':'n'", "'deprecatedCount':1", "count: Invalid value: \"\": needs to be unset")]
    [InlineData("'note':'n'", "'deprecatedFirstTimestamp':'2026-01-01T00:00:00Z'", "firstTimestamp: Invalid value: \"\": needs to be unset")]
    [InlineData("'type':'Normal'", "'type':'Loud'", "type: Invalid value: \"\": has invalid value: Loud")]
    [InlineData("'action':'a',", "", "action: Required value")]
    public async Task A_new_event_is_held_to_the_rules_of_its_api(string part, string instead, string problem)
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await cluster.PostAsync(Events, New.Replace(part, instead));

        refused.StringAt("message").ShouldBe($"Event \"e\" is invalid: {problem}");
    }

    [Fact]
    public async Task A_note_has_an_end()
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await cluster.PostAsync(Events, New.Replace("'note':'n'", $"'note':'{new string('n', 1025)}'"));

        refused.StringAt("message").ShouldBe("Event \"e\" is invalid: message: Invalid value: \"\": can have at most 1024 characters");
    }
}
