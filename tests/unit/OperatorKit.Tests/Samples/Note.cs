using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Tests.Samples;

/// <summary>A kind without a status, written by hand so that these tests need no generator.</summary>
internal sealed record Note : CustomResource<NoteSpec>, ICustomResource<Note>
{
    public static ResourceDefinition Definition { get; } = new() { Group = "example.com", Version = "v1", Kind = "Note", Plural = "notes" };

    public override string ApiVersion => "example.com/v1";

    public override string Kind => "Note";

    public static ReadOnlySpan<byte> CustomResourceDefinitionJson =>
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"notes.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"kind":"Note","listKind":"NoteList","plural":"notes","singular":"note"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{
            "spec":{"type":"object","properties":{"text":{"type":"string"}}}}}}}]}}
        """u8;

    public static Note ReadJson(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return new Note
        {
            Metadata = SimpleApp.Read<V1ObjectMeta>(root.GetProperty("metadata")),
            Spec = new NoteSpec { Text = root.TryGetProperty("spec", out var spec) && spec.TryGetProperty("text", out var text) ? text.GetString() : null },
        };
    }

    public static void WriteJson(Utf8JsonWriter writer, Note value)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", value.ApiVersion);
        writer.WriteString("kind", value.Kind);
        writer.WritePropertyName("metadata");
        V1ObjectMeta.WriteJson(writer, value.Metadata);
        writer.WriteStartObject("spec");
        writer.WriteString("text", value.Spec.Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteStatusJson(Utf8JsonWriter writer, ResourceStatus status) => throw new NotSupportedException();
}

internal sealed record NoteSpec
{
    public string? Text { get; init; }
}

/// <summary>Notes which method was called.</summary>
internal sealed class NoteHandler : IResourceHandler<Note>
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = new();

    public Task<ResourceStatus?> ReconcileAsync(ReconcileScope<Note> scope, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{scope.Method} {scope.Resource.Metadata.Name}");
        return Task.FromResult<ResourceStatus?>(null);
    }

    public Task DeleteAsync(ReconcileScope<Note> scope, CancellationToken cancellationToken) => Task.CompletedTask;
}
