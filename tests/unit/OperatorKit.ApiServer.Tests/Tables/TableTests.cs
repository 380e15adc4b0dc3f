using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Tables;

namespace OperatorKit.ApiServer.Tests.Tables;

public sealed class TableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 1, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("{'phase':'Pending'}", "'0/1','Pending','0'")]
    [InlineData("{'phase':'Running','containerStatuses':[{'name':'m','ready':true,'restartCount':2,'state':{'running':{}}}]}", "'1/1','Running','2'")]
    [InlineData("{'phase':'Running','containerStatuses':[{'name':'m','restartCount':1,'lastState':{'terminated':{'finishedAt':'2026-01-01T00:00:30Z'}},'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}", "'0/1','CrashLoopBackOff','1 (30s ago)'")]
    [InlineData("{'phase':'Failed','containerStatuses':[{'name':'m','state':{'terminated':{'exitCode':3}}}]}", "'0/1','ExitCode:3','0'")]
    [InlineData("{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'waiting':{'reason':'ImagePullBackOff'}}}]}", "'0/1','Init:ImagePullBackOff','0'")]
    [InlineData("{'phase':'Succeeded','containerStatuses':[{'name':'m','state':{'terminated':{'exitCode':0,'reason':'Completed'}}}]}", "'0/1','Completed','0'")]
    public void A_pod_shows_what_its_containers_do(string status, string cells)
    {
        var pod = Document.Object($"{{'kind':'Pod','metadata':{{'name':'p','creationTimestamp':'2026-01-01T00:00:00Z'}},'spec':{{'containers':[{{'name':'m'}}]}},'status':{status}}}");
        Cells(PodColumns.Layout, pod).ShouldBe($"['p',{cells},'60s','<none>','<none>','<none>','<none>']");
    }

    [Fact]
    public void A_deployment_shows_its_replicas()
    {
        var deployment = Document.Object("{'metadata':{'name':'d'},'spec':{'replicas':2,'selector':{'matchLabels':{'app':'web'},'matchExpressions':[{'key':'a','operator':'In','values':['y','x']}]},'template':{'spec':{'containers':[{'name':'m','image':'i'}]}}},'status':{}}");
        Cells(WorkloadColumns.Deployment, deployment).ShouldBe("['d','0/2',0,0,'<unknown>','m','i','a in (x,y),app=web']");
    }

    [Theory]
    [InlineData("{'type':'ClusterIP','clusterIPs':['None'],'ports':[{'port':80,'protocol':'TCP'}]}", "'ClusterIP','None','<none>','80/TCP'")]
    [InlineData("{'type':'LoadBalancer','clusterIPs':['10.0.0.1'],'ports':[{'port':80,'nodePort':30080,'protocol':'TCP'}]}", "'LoadBalancer','10.0.0.1','<pending>','80:30080/TCP'")]
    [InlineData("{'type':'ExternalName','externalName':'x.example'}", "'ExternalName','<none>','x.example','<none>'")]
    public void A_service_shows_its_addresses(string spec, string cells) =>
        Cells(NetworkColumns.Service, Document.Object($"{{'metadata':{{'name':'s'}},'spec':{spec}}}")).ShouldBe($"['s',{cells},'<unknown>','<none>']");

    [Fact]
    public void A_flag_of_a_storage_class_is_no_text() =>
        Cells(StorageColumns.StorageClass, Document.Object("{'metadata':{'name':'s'},'provisioner':'p','allowVolumeExpansion':true}")).ShouldBe("['s','p','Delete','Immediate',true,'<unknown>']");

    [Fact]
    public void A_custom_resource_shows_its_printer_columns()
    {
        var layout = CustomColumns.Layout((JsonArray)Document.Parse(
            "[{'name':'Size','type':'integer','jsonPath':'.spec.size','priority':1,'format':'int32'},{'name':'All','type':'string','jsonPath':'.spec.items[*].n'},{'name':'Any','type':'string','jsonPath':'.spec.map'},{'name':'When','type':'date','jsonPath':'.spec.when'},{'name':'Bad','type':'boolean','jsonPath':'.spec.size'}]"));
        Cells(layout, Document.Object("{'metadata':{'name':'g'},'spec':{'size':3,'items':[{'n':'x'},{'n':'y'}],'map':{'a':1},'when':'2026-01-01T00:00:00Z'}}")).ShouldBe("['g',3,'x','{\\'a\\':1}','60s',null]");
        layout.Columns[1].Definition.ToString().ShouldBe("""{"name":"Size","type":"integer","format":"int32","description":"Custom resource definition column (in JSONPath format): .spec.size","priority":1}""");
    }

    [Theory]
    [InlineData("None", "null")]
    [InlineData("Metadata", "{'kind':'PartialObjectMetadata','apiVersion':'meta.k8s.io/v1','metadata':{'name':'g'}}")]
    [InlineData("", "{'kind':'PartialObjectMetadata','apiVersion':'meta.k8s.io/v1','metadata':{'name':'g'}}")]
    [InlineData("Object", "{'metadata':{'name':'g'},'spec':{}}")]
    public void Rows_carry_as_much_of_the_object_as_asked(string includeObject, string expected)
    {
        var table = Table.Of(CustomColumns.Layout(null), [Document.Object("{'metadata':{'name':'g'},'spec':{}}")], JsonObject.Empty, includeObject, "v1", Now);
        ((JsonObject)table.ArrayAt("rows")![0])["object"].ShouldBe(Document.Parse(expected));
    }

    [Fact]
    public void Another_wish_for_the_object_is_refused() =>
        Should.Throw<StatusException>(() => Table.Of(CustomColumns.Layout(null), [], JsonObject.Empty, "Some", "v1", Now)).Code.ShouldBe(400);

    private static string Cells(TableLayout layout, JsonObject obj) =>
        ((JsonObject)Table.Of(layout, [obj], JsonObject.Empty, "None", "v1", Now).ArrayAt("rows")![0])["cells"]!.ToString().Replace('"', '\'');
}
