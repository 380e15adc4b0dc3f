using System.Text.Json.Nodes;
using OperatorKit.Models;
using OperatorKit.Webhooks.Admission;

namespace OperatorKit.Tests.Webhooks;

public sealed class TypedAdmissionTests
{
    [Fact]
    public async Task A_patch_leaves_alone_what_the_type_does_not_know()
    {
        var pod = JsonNode.Parse("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","futureMeta":1,"managedFields":[{"manager":"x","fieldsV1":{"f:spec":{}}}]},
             "spec":{"futureSpec":{"x":[1,null]},"containers":[{"name":"main","image":"web","futureContainer":true,"resources":{"limits":{"cpu":"1000m"}}}]}}
            """)!;
        var response = await new TypedAdmission<V1Pod>(new Sidecar()).MutateAsync(Request(pod, "CREATE"), TestContext.Current.CancellationToken);

        var patch = JsonNode.Parse(Convert.FromBase64String((string)response["response"]!["patch"]!))!.AsArray();
        patch.Select(static o => $"{o!["op"]} {o["path"]}").ShouldBe(["replace /spec/containers/0/image", "add /spec/containers/1"]);
        var expected = pod.DeepClone();
        expected["spec"]!["containers"]![0]!["image"] = "web:1";
        expected["spec"]!["containers"]!.AsArray().Add(new JsonObject { ["name"] = "sidecar" });
        JsonNode.DeepEquals(AppliedPatch.To(pod, patch), expected).ShouldBeTrue(AppliedPatch.To(pod, patch)!.ToJsonString());
    }

    [Fact]
    public async Task What_does_not_fit_the_type_goes_on_to_the_validation_of_the_schema()
    {
        var response = await new TypedAdmission<V1Pod>(new Sidecar()).MutateAsync(Request(JsonNode.Parse("""{"spec":{"containers":"none"}}""")!, "CREATE"), TestContext.Current.CancellationToken);
        ((bool?)response["response"]!["allowed"]).ShouldBe(true);
        response["response"]!["patch"].ShouldBeNull();
    }

    [Fact]
    public async Task What_is_deleted_is_not_changed()
    {
        var request = Request(JsonNode.Parse("""{"metadata":{"name":"a"}}""")!, "DELETE");
        (request["oldObject"], request["object"]) = (request["object"]!.DeepClone(), null);
        var response = await new TypedAdmission<V1Pod>(new Sidecar()).MutateAsync(request, TestContext.Current.CancellationToken);
        response["response"]!["patch"].ShouldBeNull();
    }

    private static JsonObject Request(JsonNode pod, string operation) => new()
    {
        ["uid"] = "1",
        ["operation"] = operation,
        ["object"] = pod.DeepClone(),
        ["userInfo"] = new JsonObject { ["username"] = "me" },
    };

    private sealed class Sidecar : AdmissionWebhook<V1Pod>
    {
        public override Task<V1Pod> MutateAsync(V1Pod resource, AdmissionRequest<V1Pod> request, CancellationToken cancellationToken)
        {
            resource.Spec!.Containers![0].Image += ":1";
            resource.Spec.Containers.Add(new V1Container { Name = "sidecar" });
            return Task.FromResult(resource);
        }
    }
}
