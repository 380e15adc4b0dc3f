using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Protobuf;

namespace OperatorKit.ApiServer.Tests.Protobuf;

/// <summary>The bodies are those that typed Go clients sent to a real server.</summary>
public sealed class ObjectReaderTests
{
    [Theory]
    [InlineData(
        "azhzAAoPCgJ2MRIJQ29uZmlnTWFwEjYKIQoBYRIAGgAiACoAMgA4AEIAWgYKAWwSATFiBgoBbhIBMhIGCgFrEgF2GgkKA2JpbhICAAEaACIA",
        """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","labels":{"l":"1"},"annotations":{"n":"2"}},"data":{"k":"v"},"binaryData":{"bin":"AAE="}}""")]
    [InlineData(
        "azhzAAofChZjb29yZGluYXRpb24uazhzLmlvL3YxEgVMZWFzZRI0ChEKAWwSABoAIgAqADIAOABCABIfCgJtZRAPGggI8obu0wMQACILCPKG7tMDEICU7zooABoAIgA=",
        """{"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"l"},"spec":{"holderIdentity":"me","leaseDurationSeconds":15,"acquireTime":"2001-02-03T04:05:06.000000Z","renewTime":"2001-02-03T04:05:06.123456Z","leaseTransitions":0}}""")]
    [InlineData(
        "azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50Ep8BChEKAWQSABoAIgAqADIAOABCABKHAQgAEgoKCAoDYXBwEgF4GlEKGgoAEgAaACIAKgAyADgAQgBaCAoDYXBwEgF4EjMSMQoEbWFpbhIFaW1nOjEqADIPCgRodHRwEAAYkD8iACoAQg8KDQoDY3B1EgYKBDEwMG0iJAoNUm9sbGluZ1VwZGF0ZRITCgkIARAAGgMzMCUSBggAEAIaABoAGgAiAA==",
        """{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"d"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"main","image":"img:1","ports":[{"name":"http","containerPort":8080}],"resources":{"limits":{"cpu":"100m"}}}]}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"30%","maxSurge":2}}},"status":{}}""")]
    [InlineData(
        "azhzAAoMCgJ2MRIGU2VjcmV0EjAKEQoBcxIAGgAiACoAMgA4AEIAEgcKAWsSAv8AGgZPcGFxdWUiCgoBdBIFcGxhaW4aACIA",
        """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s"},"data":{"k":"/wA="},"stringData":{"t":"plain"},"type":"Opaque"}""")]
    [InlineData(
        "azhzAAoLCgJ2MRIFRXZlbnQSbQoXCgASB29yYWNsZS0aACIAKgAyADgAQgASGwoDUG9kEgdkZWZhdWx0GgFwIgAqAnYxMgA6ABoDV2h5IgR3aGF0KgYKAm1lEgAyCAiAkb/SAxAAOggIgJG/0gMQAEABSgZOb3JtYWxiAHIAegAaACIA",
        """{"kind":"Event","apiVersion":"v1","metadata":{"generateName":"oracle-"},"involvedObject":{"kind":"Pod","namespace":"default","name":"p","apiVersion":"v1"},"reason":"Why","message":"what","source":{"component":"me"},"firstTimestamp":"2001-01-01T00:00:00Z","lastTimestamp":"2001-01-01T00:00:00Z","count":1,"type":"Normal","eventTime":null,"reportingComponent":"","reportingInstance":""}""")]
    [InlineData(
        "azhzAAoTCgJ2MRINRGVsZXRlT3B0aW9ucxIMIgpCYWNrZ3JvdW5kGgAiAA==",
        """{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background"}""")]
    [InlineData(
        "azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcSPAoQCgASABoAIgAqADIAOABCABIeChwKB2RlZmF1bHQSA2dldBoAIgAqBHBvZHMyADoAGggIABIAGgAgABoAIgA=",
        """{"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},"spec":{"resourceAttributes":{"namespace":"default","verb":"get","resource":"pods"}},"status":{"allowed":false}}""")]
    public void A_body_becomes_the_json_that_means_the_same(string base64, string json)
    {
        var read = ObjectReader.Read(Convert.FromBase64String(base64));
        var (group, version) = read.StringAt("apiVersion")!.Split('/') is [var g, var v] ? (g, v) : ("", read.StringAt("apiVersion")!);

        JsonText.ToCompactString(TypedDecoder.Decode(read, BuiltInSchemas.Find(group, version, read.StringAt("kind")!)!).Value).ShouldBe(json);
    }

    [Theory]
    [InlineData("azhzAAoPCgJ2MQ==", "unexpected EOF")]
    [InlineData("e30=", "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")]
    public void Bytes_that_are_no_object_are_refused(string base64, string message) =>
        Should.Throw<ProtobufException>(() => ObjectReader.Read(Convert.FromBase64String(base64))).Message.ShouldBe(message);

    [Fact]
    public void Random_bytes_never_crash_the_reader()
    {
        var random = new Random(7);
        var good = Convert.FromBase64String("azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50Ep8BChEKAWQSABoAIgAqADIAOABCABKHAQgAEgoKCAoDYXBwEgF4GlEKGgoAEgAaACIAKgAyADgAQgBaCAoDYXBwEgF4EjMSMQoEbWFpbhIFaW1nOjEqADIPCgRodHRwEAAYkD8iACoAQg8KDQoDY3B1EgYKBDEwMG0iJAoNUm9sbGluZ1VwZGF0ZRITCgkIARAAGgMzMCUSBggAEAIaABoAGgAiAA==");
        for (var i = 0; i < 2000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var j = 0; j < 4; j++)
                bytes[random.Next(30, bytes.Length)] = (byte)random.Next(256);
            try
            {
                ObjectReader.Read(bytes).StringAt("kind").ShouldBe("Deployment");
            }
            catch (ProtobufException error)
            {
                error.Message.ShouldNotBeEmpty();
            }
        }
    }
}
