using System.Text;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.OpenApi;
using OperatorKit.ApiServer.Protobuf;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.OpenApi;

public sealed class OpenApiPublisherTests
{
    private readonly ResourceRegistry _registry = new(BuiltInResources.All);
    private readonly OpenApiPublisher _publisher;

    public OpenApiPublisherTests() => _publisher = new OpenApiPublisher(_registry, "v1.36.2");

    [Fact]
    public void The_index_names_every_group_version_with_the_hash_of_its_document()
    {
        var url = Get("/openapi/v3").StringAt("paths", "apis/apps/v1", "serverRelativeURL")!;

        url.ShouldStartWith("/openapi/v3/apis/apps/v1?hash=");
        var answer = _publisher.Answer("/openapi/v3/apis/apps/v1", url.Split('=')[1])!;
        answer.Status.ShouldBe(200);
        answer.IsImmutable.ShouldBeTrue();
        _publisher.Answer("/openapi/v3/apis/apps/v1", "0000")!.Location.ShouldBe(url);
        _publisher.Answer("/openapi/v3/apis/nope.example.com/v1", null)!.Status.ShouldBe(404);
    }

    [Fact]
    public void A_built_in_kind_says_that_the_server_validates_fields_and_takes_four_kinds_of_patch()
    {
        var patch = Get("/openapi/v3/apis/apps/v1").ObjectAt("paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch")!;

        patch.ObjectAt("x-kubernetes-group-version-kind").ShouldBe(Parse("""{"group":"apps","kind":"Deployment","version":"v1"}"""));
        patch.Objects("parameters").Select(parameter => parameter.StringAt("name")).ShouldBe(["dryRun", "fieldManager", "fieldValidation", "force"]);
        patch.ObjectAt("requestBody", "content")!.Keys.ShouldBe(["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"]);
    }

    [Fact]
    public void The_components_carry_what_patches_need_to_know()
    {
        var schemas = Get("/openapi/v3/apis/apps/v1").ObjectAt("components", "schemas")!;

        schemas.ObjectAt("io.k8s.api.core.v1.PodSpec", "properties", "containers")!.StringAt("x-kubernetes-patch-merge-key").ShouldBe("name");
        schemas.ObjectAt("io.k8s.api.apps.v1.DeploymentSpec")!.Strings("required").ShouldBe(["selector", "template"]);
        schemas.ObjectAt("io.k8s.api.apps.v1.DeploymentSpec", "properties", "strategy")!.StringAt("x-kubernetes-patch-strategy").ShouldBe("retainKeys");
        schemas.ObjectAt("io.k8s.api.apps.v1.Deployment").ShouldNotBeNull().ArrayAt("x-kubernetes-group-version-kind")
            .ShouldBe(JsonArray.Of(Parse("""{"group":"apps","kind":"Deployment","version":"v1"}""")));
    }

    [Fact]
    public void No_document_refers_to_a_definition_that_it_does_not_have()
    {
        foreach (var name in Get("/openapi/v3").ObjectAt("paths")!.Keys)
        {
            var document = Get($"/openapi/v3/{name}");
            var schemas = document.ObjectAt("components", "schemas")!;
            References(document).Distinct().Where(reference => !schemas.ContainsKey(reference[SchemaWriter.ReferencePrefix.Length..])).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void A_custom_resource_is_published_while_it_is_served()
    {
        _publisher.Answer("/openapi/v3/apis/stable.example.com/v1", null)!.Status.ShouldBe(404);

        _registry.Publish(Gadget());
        var document = Get("/openapi/v3/apis/stable.example.com/v1");
        document.ObjectAt("paths")!.Keys.Order().ShouldBe(
        [
            "/apis/stable.example.com/v1/gadgets",
            "/apis/stable.example.com/v1/namespaces/{namespace}/gadgets",
            "/apis/stable.example.com/v1/namespaces/{namespace}/gadgets/{name}",
            "/apis/stable.example.com/v1/namespaces/{namespace}/gadgets/{name}/status",
        ]);
        document.ObjectAt("components", "schemas", "com.example.stable.v1.Gadget", "properties")!.Keys.ShouldBe(["apiVersion", "kind", "spec", "metadata"]);
        document.ObjectAt("components", "schemas", "com.example.stable.v1.Gadget", "properties", "spec", "properties", "a").ShouldBe(
            Parse("""{"description":"an a","type":"string","enum":["x"],"maxLength":3}"""));

        _registry.Withdraw(new GroupResource("stable.example.com", "gadgets"));
        _publisher.Answer("/openapi/v3/apis/stable.example.com/v1", null)!.Status.ShouldBe(404);
    }

    [Fact]
    public void Version_two_holds_everything_in_one_document()
    {
        _registry.Publish(Gadget());
        var document = Get("/openapi/v2");

        document.StringAt("swagger").ShouldBe("2.0");
        document.ObjectAt("definitions", "io.k8s.api.core.v1.ConfigMap", "properties").ShouldNotBeNull();
        document.ObjectAt("definitions", "com.example.stable.v1.Gadget").ShouldNotBeNull();
        document.ObjectAt("paths", "/apis/stable.example.com/v1/gadgets")!.Keys.Order().ShouldBe(["get", "parameters"]);
    }

    [Fact]
    public void Version_two_comes_as_protobuf_too_with_every_definition_by_name()
    {
        var names = new List<string>();
        var document = new ProtobufReader(_publisher.AnswerProtobuf().Body.Span);
        while (document.Next())
        {
            if (document.Field != 9)
            {
                document.Skip();
                continue;
            }

            var definitions = new ProtobufReader(document.Bytes());
            while (definitions.Next())
            {
                var named = new ProtobufReader(definitions.Bytes());
                named.Next().ShouldBeTrue();
                names.Add(named.Text());
            }
        }

        names.ShouldBe(Get("/openapi/v2").ObjectAt("definitions")!.Keys);
    }

    private static ResourceType Gadget() => new()
    {
        Group = "stable.example.com",
        Plural = "gadgets",
        Singular = "gadget",
        Kind = "Gadget",
        ListKind = "GadgetList",
        Namespaced = true,
        Origin = new CustomResourceOrigin("gadgets.stable.example.com", "u", null, false),
        Versions =
        [
            new ResourceVersion("v1", () => StructuralSchemaReader.Read(Parse("""{"type":"object","properties":{"spec":{"type":"object","properties":{"a":{"type":"string","description":"an a","enum":["x"],"maxLength":3}}}}}""")))
            {
                Subresources = [new Subresource("status", "Gadget", ["get", "patch", "update"])],
            },
        ],
    };

    private JsonObject Get(string path)
    {
        var answer = _publisher.Answer(path, null)!;
        answer.Status.ShouldBe(200);
        return Parse(Encoding.UTF8.GetString(answer.Body.Span));
    }

    private static JsonObject Parse(string json) => (JsonObject)JsonParser.Parse(json).Value;

    private static IEnumerable<string> References(JsonValue value) => value switch
    {
        JsonObject obj => ((IEnumerable<KeyValuePair<string, JsonValue>>)obj).SelectMany(member =>
            member is { Key: "$ref", Value: JsonString reference } ? [reference.Value] : References(member.Value)),
        JsonArray array => array.Items.SelectMany(References),
        _ => [],
    };
}
