using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Apply;

public sealed class BuiltInOwnershipTests
{
    private const string Deployment =
        "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{'replicas':1,'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},"
        + "'spec':{'containers':[{'name':'main','image':'i','ports':[{'containerPort':80}]}]}}}}";

    [Fact]
    public void Structs_that_are_always_there_are_owned_by_nobody()
    {
        var created = ManagedFields.Update(null, Decoded(Deployment), Operation("m"));
        var fields = (JsonObject)((JsonObject)created.ArrayAt("metadata", "managedFields")![0])["fieldsV1"]!;
        fields.At("f:spec", ".").ShouldBeNull();
        fields.At("f:spec", "f:template", ".").ShouldBeNull();
        fields.At("f:spec", "f:template", "f:metadata", "f:labels", ".").ShouldNotBeNull();
        fields.At("f:status").ShouldBeNull();
    }

    [Fact]
    public void A_port_is_told_from_others_by_its_default_protocol_too()
    {
        var applied = ServerSideApply.Apply(null, Document.Object(Deployment), Operation("m"), force: false);
        applied.At("metadata", "managedFields")!.ToString().ShouldContain("""k:{\"containerPort\":80,\"protocol\":\"TCP\"}""");
    }

    [Fact]
    public void Two_appliers_share_a_pod_template()
    {
        var live = ServerSideApply.Apply(null, Document.Object(Deployment), Operation("m"), force: false);
        var sidecar = Document.Object("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{'template':{'spec':{'containers':[{'name':'side','image':'s'}]}}}}");
        var both = ServerSideApply.Apply(live, sidecar, Operation("n"), force: false);
        both.ArrayAt("spec", "template", "spec", "containers")!.Cast<JsonObject>().Select(static container => container.StringAt("name")).ShouldBe(["main", "side"]);
        var alone = ServerSideApply.Apply(both, sidecar.Without("spec"), Operation("n"), force: false);
        alone.ArrayAt("spec", "template", "spec", "containers")!.Count.ShouldBe(1);
    }

    private static JsonObject Decoded(string json) => TypedDecoder.Decode(Document.Object(json), Operation("m").Schema).Value;

    private static FieldOperation Operation(string manager) => new()
    {
        Manager = manager,
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Schema = BuiltInSchemas.Find("apps", "v1", "Deployment")!,
        BuiltIn = true,
        Time = DateTimeOffset.UnixEpoch,
        ResetFields = FieldSet.OfFields("status"),
    };
}
