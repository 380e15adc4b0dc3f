using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class TypedDecoderTests
{
    [Theory]
    [InlineData("", "v1", "ConfigMap", """{"data":{"a":1}}""", "json: cannot unmarshal number into Go struct field ConfigMap.data of type string")]
    [InlineData("", "v1", "ConfigMap", """{"metadata":{"labels":["x"]}}""", "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string")]
    [InlineData("apps", "v1", "Deployment", """{"spec":{"replicas":"two"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("apps", "v1", "Deployment", """{"spec":{"replicas":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("apps", "v1", "Deployment", """{"spec":{"template":{"spec":{"containers":["x"]}}}}""", "json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.containers of type v1.Container")]
    [InlineData("apps", "v1", "Deployment", """{"spec":[]}""", "json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec")]
    [InlineData("coordination.k8s.io", "v1", "Lease", """{"spec":{"renewTime":"2001-02-03T04:05:06Z"}}""",
        "parsing time \"2001-02-03T04:05:06Z\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"Z\" as \".000000\"")]
    [InlineData("", "v1", "PersistentVolumeClaim", """{"spec":{"resources":{"requests":{"storage":"1Gx"}}}}""",
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("", "v1", "Secret", """{"data":{"a":"%"}}""", "illegal base64 data at input byte 0")]
    public void A_value_of_the_wrong_type_is_refused_in_the_words_of_Go(string group, string version, string kind, string json, string message) =>
        Should.Throw<DecodingException>(() => Decode(group, version, kind, json)).Message.ShouldBe(message);

    [Fact]
    public void Unknown_fields_go_and_are_reported_in_order()
    {
        var decoded = Decode("apps", "v1", "Deployment", """{"metadata":{"zz":1},"foo":{},"spec":{"template":{"spec":{"containers":[{"name":"a"},{"imagee":"x"}]}}}}""");

        decoded.UnknownFields.ShouldBe(["metadata.zz", "spec.template.spec.containers[1].imagee", "foo"]);
        decoded.Value.ContainsKey("foo").ShouldBeFalse();
    }

    [Fact]
    public void What_is_written_has_the_shape_of_the_Go_struct() =>
        JsonText.ToCompactString(Decode("apps", "v1", "ReplicaSet", """{"spec":{"replicas":0,"minReadySeconds":0,"template":{"spec":{"containers":[{"image":"","name":"c"}]}}},"kind":"ReplicaSet","apiVersion":"apps/v1"}""").Value)
            .ShouldBe("""{"kind":"ReplicaSet","apiVersion":"apps/v1","metadata":{},"spec":{"replicas":0,"selector":null,"template":{"metadata":{},"spec":{"containers":[{"name":"c","resources":{}}]}}},"status":{"replicas":0}}""");

    [Fact]
    public void Times_that_are_not_set_are_null_and_those_with_omitzero_are_left_out() =>
        JsonText.ToCompactString(Decode("", "v1", "Event", """{"metadata":{"creationTimestamp":null},"involvedObject":{}}""").Value)
            .ShouldBe("""{"metadata":{},"involvedObject":{},"source":{},"firstTimestamp":null,"lastTimestamp":null,"eventTime":null,"reportingComponent":"","reportingInstance":""}""");

    [Theory]
    [InlineData("2001-02-03T04:05:06.999+01:00", "2001-02-03T03:05:06Z")]
    [InlineData("2001-02-03T04:05:06Z", "2001-02-03T04:05:06Z")]
    public void Times_are_whole_seconds_in_utc(string given, string stored) => GoTimes.Canonical(given).ShouldBe(stored);

    [Theory]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("0.5", "500m")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1000", "1k")]
    [InlineData("100", "100")]
    [InlineData("0Gi", "0")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1e3", "1e3")]
    [InlineData("12e2", "1200")]
    [InlineData("0.1n", "1n")]
    [InlineData("-1500m", "-1500m")]
    [InlineData("1023Mi", "1023Mi")]
    public void Quantities_become_canonical(string given, string stored) => QuantityText.Canonical(given).ShouldBe(JsonValue.From(stored));

    [Fact]
    public void Every_definition_can_be_read_and_every_reference_leads_somewhere()
    {
        foreach (var name in SchemaData.Embedded.Names)
        {
            var schema = BuiltInSchemas.Definition(name);
            foreach (var property in schema.Properties)
            {
                property.Schema.Resolved.ShouldNotBeNull();
                (property.Schema.Items?.Resolved).ShouldBe(property.Schema.Items?.Resolved);
            }
        }

        SchemaData.Embedded.Names.Count.ShouldBeGreaterThan(500);
    }

    private static DecodedObject Decode(string group, string version, string kind, string json) =>
        TypedDecoder.Decode((JsonObject)JsonParser.Parse(json).Value, BuiltInSchemas.Find(group, version, kind)!);
}
