using System.Text;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Tests.Samples;

/// <summary>The sample resource, written by hand so that these tests need no generator.</summary>
internal sealed record SimpleApp : CustomResource<SimpleAppSpec, SimpleAppStatus>, ICustomResource<SimpleApp>
{
    public static ResourceDefinition Definition { get; } =
        new() { Group = "example.com", Version = "v1", Kind = "SimpleApp", Plural = "simpleapps", HasStatus = true, HasScale = true };

    public override string ApiVersion => "example.com/v1";

    public override string Kind => "SimpleApp";

    public static ReadOnlySpan<byte> CustomResourceDefinitionJson =>
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"simpleapps.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"kind":"SimpleApp","listKind":"SimpleAppList","plural":"simpleapps","singular":"simpleapp"},
          "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.readyReplicas"}},
           "schema":{"openAPIV3Schema":{"type":"object","properties":{
             "spec":{"type":"object","properties":{"replicas":{"type":"integer","default":1},"image":{"type":"string","default":"nginx:1.27"}}},
             "status":{"type":"object","properties":{"observedGeneration":{"type":"integer","format":"int64"},"readyReplicas":{"type":"integer","format":"int32"},
               "conditions":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["type"],"items":{"type":"object","required":["type","status"],
                "properties":{"type":{"type":"string"},"status":{"type":"string"},"reason":{"type":"string"},"message":{"type":"string"},
                 "observedGeneration":{"type":"integer","format":"int64"},"lastTransitionTime":{"type":"string","format":"date-time"}}}}}}}}}}]}}
        """u8;

    public static SimpleApp ReadJson(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return new SimpleApp
        {
            Metadata = Read<V1ObjectMeta>(root.GetProperty("metadata")),
            Spec = root.TryGetProperty("spec", out var spec) ? SimpleAppSpec.Read(spec) : new SimpleAppSpec(),
            Status = root.TryGetProperty("status", out var status) ? SimpleAppStatus.Read(status) : null,
        };
    }

    public static void WriteJson(Utf8JsonWriter writer, SimpleApp value)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", value.ApiVersion);
        writer.WriteString("kind", value.Kind);
        writer.WritePropertyName("metadata");
        V1ObjectMeta.WriteJson(writer, value.Metadata);
        writer.WriteStartObject("spec");
        writer.WriteNumber("replicas", value.Spec.Replicas);
        writer.WriteString("image", value.Spec.Image);
        writer.WriteEndObject();
        if (value.Status is { } status)
        {
            writer.WritePropertyName("status");
            WriteStatusJson(writer, status);
        }

        writer.WriteEndObject();
    }

    public static void WriteStatusJson(Utf8JsonWriter writer, ResourceStatus status) => ((SimpleAppStatus)status).Write(writer);

    internal static T Read<T>(JsonElement element)
        where T : IJsonModel<T>
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(element.GetRawText()));
        reader.Read();
        return T.ReadJson(ref reader);
    }
}

internal sealed record SimpleAppSpec
{
    public int Replicas { get; init; } = 1;

    public string Image { get; init; } = "nginx:1.27";

    public static SimpleAppSpec Read(JsonElement json) => new()
    {
        Replicas = json.TryGetProperty("replicas", out var replicas) ? Int32(replicas) : 1,
        Image = json.TryGetProperty("image", out var image) ? image.GetString()! : "nginx:1.27",
    };

    private static int Int32(JsonElement json) => json.TryGetInt32(out var value) ? value : throw new JsonException("replicas does not fit an int");
}

internal sealed record SimpleAppStatus : ResourceStatus
{
    public int ReadyReplicas { get; init; }

    public static SimpleAppStatus Read(JsonElement json) => new()
    {
        ReadyReplicas = json.TryGetProperty("readyReplicas", out var ready) ? ready.GetInt32() : 0,
        ObservedGeneration = json.TryGetProperty("observedGeneration", out var observed) ? observed.GetInt64() : null,
        Conditions = json.TryGetProperty("conditions", out var conditions)
            ? [.. conditions.EnumerateArray().Select(SimpleApp.Read<V1Condition>)]
            : [],
    };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (ObservedGeneration is { } observed)
            writer.WriteNumber("observedGeneration", observed);
        writer.WriteNumber("readyReplicas", ReadyReplicas);
        writer.WriteStartArray("conditions");
        foreach (var condition in Conditions)
        {
            V1Condition.WriteJson(writer, condition);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
