using System.Text.Json;
using OperatorKit.Serialization;

namespace OperatorKit.Models.Tests.Serialization;

public class WritingTests
{
    [Fact]
    public void An_object_brings_its_kind_and_leaves_out_what_is_null() =>
        Json.Write(new V1ReplicaSet { Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = "b" }, Spec = new V1ReplicaSetSpec { Replicas = 0 } })
            .ShouldBe("""{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"a","namespace":"b"},"spec":{"replicas":0}}""");

    [Fact]
    public void Empty_is_not_absent() =>
        Json.Write(new V1Volume { Name = "v", EmptyDir = new V1EmptyDirVolumeSource() }).ShouldBe("""{"name":"v","emptyDir":{}}""");

    [Fact]
    public void Times_have_seconds_and_micro_times_exactly_six_digits()
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1_234_567);

        Json.Write(new V1LeaseSpec { AcquireTime = time, RenewTime = time.Date }).ShouldBe("""{"acquireTime":"2026-01-02T03:04:05.123456Z","renewTime":"2026-01-02T00:00:00.000000Z"}""");
        Json.Write(new V1ObjectMeta { DeletionTimestamp = time }).ShouldBe("""{"deletionTimestamp":"2026-01-02T03:04:05Z"}""");
        Json.Read<V1LeaseSpec>("""{"renewTime":"2026-01-02T04:04:05.123456+01:00"}""").RenewTime.ShouldBe(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1_234_560));
    }

    [Fact]
    public void Bytes_are_base64()
    {
        var secret = new V1Secret { Data = new Dictionary<string, byte[]> { ["k"] = [0, 255, 16] } };
        Json.Write(secret).ShouldContain("""{"k":"AP8Q"}""");
        Json.Read<V1Secret>(Json.Write(secret)).Data!["k"].ShouldBe([0, 255, 16]);
        Json.Error<V1Secret>("""{"data":{"k":"?"}}""").ShouldBe("$.data.k: expected base64");
    }

    [Fact]
    public void A_port_is_a_number_or_a_name()
    {
        Json.Write(new V1ServicePort { Port = 80, TargetPort = 8080 }).ShouldBe("""{"port":80,"targetPort":8080}""");
        Json.Write(new V1ServicePort { Port = 80, TargetPort = "http" }).ShouldBe("""{"port":80,"targetPort":"http"}""");
        Json.Read<V1ServicePort>("""{"targetPort":"8080"}""").TargetPort.ShouldBe((IntOrString)"8080");
    }

    [Fact]
    public void The_standard_serializer_uses_the_same_json()
    {
        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "a" } };
        var json = JsonSerializer.Serialize(pod);
        json.ShouldBe(Json.Write(pod));
        JsonSerializer.Deserialize<V1Pod>(json)!.Metadata.Name.ShouldBe("a");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<V1Pod>("""{"spec":{"priority":"high"}}""")).Message.ShouldStartWith("$.spec.priority: expected a number");
    }

    [Fact]
    public void Foreign_json_passes_through_unharmed()
    {
        const string Schema = """{"type":"object","default":{"a":[1,2.50,"x",null]},"x-kubernetes-preserve-unknown-fields":true}""";
        using var given = JsonDocument.Parse(Schema);
        using var written = JsonDocument.Parse(Json.Write(Json.Read<V1JSONSchemaProps>(Schema)));
        JsonElement.DeepEquals(written.RootElement, given.RootElement).ShouldBeTrue();
    }
}
