using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Protobuf;

namespace OperatorKit.ApiServer.Tests.Protobuf;

public sealed class ObjectWriterTests
{
    [Fact]
    public void An_object_is_an_envelope_around_its_fields() =>
        Convert.ToHexStringLower(ObjectWriter.Write(Document("{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'a'},'data':{'k':'v'},'immutable':true}"))).ShouldBe(
            "6b387300" // k8s\0
            + "0a0f" + "0a027631" + "1209436f6e6669674d6170" // what it is
            + "120f" + "0a030a0161" + "12060a016b120176" + "2001" // the metadata, the data, whether it may change
            + "1a002200"); // no encoding, no content type

    [Theory]
    [InlineData("{'kind':'Pod','apiVersion':'v1','metadata':{'name':'p','creationTimestamp':'2026-01-02T03:04:05Z'},'spec':{'volumes':[{'name':'v','emptyDir':{'sizeLimit':'1Gi'}}],"
        + "'containers':[{'name':'c','image':'i','args':[''],'resources':{'limits':{'cpu':'1500m'}},'livenessProbe':{'httpGet':{'path':'/','port':'http'},'initialDelaySeconds':-1},'securityContext':{'privileged':false,'runAsUser':0}}],"
        + "'terminationGracePeriodSeconds':0,'nodeSelector':{'a':''}},'status':{}}")]
    [InlineData("{'kind':'PersistentVolume','apiVersion':'v1','metadata':{'name':'v'},'spec':{'capacity':{'storage':'1Gi'},'nfs':{'server':'s','path':'/'},'accessModes':['ReadWriteOnce']},'status':{}}")]
    [InlineData("{'kind':'Secret','apiVersion':'v1','metadata':{'name':'s'},'data':{'k':'/wA='},'type':'Opaque'}")]
    [InlineData("{'kind':'Lease','apiVersion':'coordination.k8s.io/v1','metadata':{'name':'l'},'spec':{'renewTime':'2001-02-03T04:05:06.123456Z','leaseTransitions':0}}")]
    [InlineData("{'kind':'ControllerRevision','apiVersion':'apps/v1','metadata':{'name':'r'},'data':{'a':[1,null]},'revision':3}")]
    [InlineData("{'kind':'CertificateSigningRequest','apiVersion':'certificates.k8s.io/v1','metadata':{'name':'r'},'spec':{'request':'eA==','signerName':'a.b/c','extra':{'k':['a','b']}},'status':{}}")]
    [InlineData("{'kind':'CustomResourceDefinition','apiVersion':'apiextensions.k8s.io/v1','metadata':{'name':'a.b'},'spec':{'group':'b','names':{'plural':'a','kind':'A'},'scope':'Cluster','versions':[{'name':'v1','served':true,'storage':true,"
        + "'schema':{'openAPIV3Schema':{'type':'object','properties':{'n':{'type':'number','default':1.5,'minimum':0.5,'enum':[1,2]},'l':{'type':'array','items':{'type':'string'}},'m':{'type':'object','additionalProperties':{'type':'string'}},'o':{'type':'object','additionalProperties':false}}}}}]},"
        + "'status':{'conditions':null,'acceptedNames':{'plural':'','kind':''},'storedVersions':null}}")]
    public void What_is_written_reads_back_as_it_was(string json)
    {
        var obj = Document(json);
        var (group, version) = GroupVersion.Parse(obj.StringAt("apiVersion")!);

        var read = TypedDecoder.Decode(ObjectReader.Read(ObjectWriter.Write(obj)), BuiltInSchemas.Find(group, version, obj.StringAt("kind")!)!).Value;

        JsonText.ToCompactString(read).ShouldBe(JsonText.ToCompactString(TypedDecoder.Decode(obj, BuiltInSchemas.Find(group, version, obj.StringAt("kind")!)!).Value));
    }

    private static JsonObject Document(string json) => (JsonObject)JsonParser.Parse(json.Replace('\'', '"')).Value;
}
