using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Protobuf;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

public sealed class ProtobufFuzzTests
{
    // A ConfigMap, a Lease, a Deployment, a CustomResourceDefinition's beginning, a DeleteOptions.
    private static readonly byte[][] Corpus =
    [
        Convert.FromBase64String("azhzAAoPCgJ2MRIJQ29uZmlnTWFwEjYKIQoBYRIAGgAiACoAMgA4AEIAWgYKAWwSATFiBgoBbhIBMhIGCgFrEgF2GgkKA2JpbhICAAEaACIA"),
        Convert.FromBase64String("azhzAAofChZjb29yZGluYXRpb24uazhzLmlvL3YxEgVMZWFzZRI0ChEKAWwSABoAIgAqADIAOABCABIfCgJtZRAPGggI8obu0wMQACILCPKG7tMDEICU7zooABoAIgA="),
        Convert.FromBase64String("azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50Ep8BChEKAWQSABoAIgAqADIAOABCABKHAQgAEgoKCAoDYXBwEgF4GlEKGgoAEgAaACIAKgAyADgAQgBaCAoDYXBwEgF4EjMSMQoEbWFpbhIFaW1nOjEqADIPCgRodHRwEAAYkD8iACoAQg8KDQoDY3B1EgYKBDEwMG0iJAoNUm9sbGluZ1VwZGF0ZRITCgkIARAAGgMzMCUSBggAEAIaABoAGgAiAA=="),
        Convert.FromBase64String("azhzAAoTCgJ2MRINRGVsZXRlT3B0aW9ucxIMIgpCYWNrZ3JvdW5kGgAiAA=="),
    ];

    [Fact]
    public void Damaged_bytes_are_read_or_refused() => Fuzz.Bytes(Corpus, static bytes =>
    {
        try
        {
            var read = ObjectReader.Read(bytes);
            var (group, version) = read.StringAt("apiVersion")!.Split('/', 2) is [var g, var v] ? (g, v) : ("", read.StringAt("apiVersion")!);
            if (BuiltInSchemas.Find(group, version, read.StringAt("kind")!) is { } schema)
                JsonText.ToUtf8(TypedDecoder.Decode(read, schema).Value).ShouldNotBeEmpty();
        }
        catch (Exception error) when (error is ProtobufException or DecodingException)
        {
        }
    });

    [Fact]
    public void A_list_of_many_items_is_read_in_one_go()
    {
        var body = Envelope("v1", "ConfigMap", metadata => metadata.Bytes(1, [.. Enumerable.Repeat<byte[]>([0x72, 0x01, (byte)'x'], 500_000).SelectMany(static item => item)]));

        ObjectReader.Read(body).ArrayAt("metadata", "finalizers")!.Count.ShouldBe(500_000);
    }

    private static byte[] Envelope(string apiVersion, string kind, Action<ProtobufWriter> write)
    {
        var envelope = new ProtobufWriter();
        envelope.Message(1, meta =>
        {
            meta.Text(1, apiVersion);
            meta.Text(2, kind);
        });
        envelope.Message(2, write);
        return [.. "k8s\0"u8, .. envelope.Written.Span];
    }
}
