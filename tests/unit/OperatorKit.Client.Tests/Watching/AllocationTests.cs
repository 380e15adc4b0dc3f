using System.Text;
using OperatorKit.Models;

namespace OperatorKit.Client.Tests;

public class AllocationTests(ITestOutputHelper output)
{
    private const int Rounds = 1000;

    /// <summary>A pod of 1.3 kB as a server sends it, with the bookkeeping that a reader has no use for.</summary>
    private static readonly byte[] Line = Encoding.UTF8.GetBytes(
        """
        {"type":"MODIFIED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-5d4f8c7b9-x2x4z","generateName":"web-5d4f8c7b9-","namespace":"default",
        "uid":"0b4a8a1e-6f3c-4f5e-9b1e-0f6f3c4f5e9b","resourceVersion":"123456","creationTimestamp":"2026-01-01T00:00:00Z","labels":{"app":"web","pod-template-hash":"5d4f8c7b9"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-5d4f8c7b9","uid":"1c4a8a1e-6f3c-4f5e-9b1e-0f6f3c4f5e9b","controller":true,"blockOwnerDeletion":true}],
        "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1",
        "fieldsV1":{"f:metadata":{"f:generateName":{},"f:labels":{".":{},"f:app":{},"f:pod-template-hash":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{".":{},"f:image":{}}}}}}]},
        "spec":{"containers":[{"name":"web","image":"nginx:1.27","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{},"imagePullPolicy":"IfNotPresent"}],
        "restartPolicy":"Always","dnsPolicy":"ClusterFirst","nodeName":"node-1"},
        "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:05Z"}],"podIP":"10.0.0.7","startTime":"2026-01-01T00:00:01Z"}}}
        """.ReplaceLineEndings(""));

    [Fact]
    public void A_watch_event_allocates_little_beyond_its_object()
    {
        var request = new ApiRequest { Method = HttpMethod.Get, Path = "/", Verb = "watch", Definition = V1Pod.Definition };
        var connection = new ClusterConnection { Server = new Uri("http://cluster.test") };
        WatchLine.Read<V1Pod>(Line, request, connection, null)!.Value.Object.Spec!.Containers![0].Image.ShouldBe("nginx:1.27");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            WatchLine.Read<V1Pod>(Line, request, connection, null);
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        output.WriteLine($"{allocated} bytes for an event of {Line.Length}");
        allocated.ShouldBeLessThanOrEqualTo(2048);
    }
}
