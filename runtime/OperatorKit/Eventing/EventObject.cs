using System.Globalization;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Eventing;

/// <summary>An Event as the runtime writes it (events.k8s.io/v1; <c>kubectl describe</c> shows it). Only ever written.</summary>
internal sealed class EventObject(EventSeries series, string controller, string instance) : IKubernetesResource<EventObject>
{
    public static ResourceDefinition Definition { get; } = new() { Group = "events.k8s.io", Version = "v1", Kind = "Event", Plural = "events" };

    public string ApiVersion => Definition.ApiVersion;

    public string Kind => Definition.Kind;

    public V1ObjectMeta Metadata { get; } = new() { Name = series.Name, NamespaceProperty = series.Subject.EventNamespace };

    /// <summary>The answer of the server holds nothing that is of use.</summary>
    public static EventObject ReadJson(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return new EventObject(new EventSeries(default, new EventSubject("", "", "", "", "", null), "", default), "", "");
    }

    public static void WriteJson(Utf8JsonWriter writer, EventObject value) => value.Write(writer);

    /// <summary>The merge patch that brings the count up to date.</summary>
    public static string CountPatch(EventSeries series, int count) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"series":{"count":{{{count}}},"lastObservedTime":"{{{Time(series.Last)}}}"}}""");

    private void Write(Utf8JsonWriter writer)
    {
        var subject = series.Subject;
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, ApiVersion);
        writer.WriteString("kind"u8, Kind);
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("name"u8, Metadata.Name);
        writer.WriteString("namespace"u8, Metadata.NamespaceProperty);
        writer.WriteEndObject();
        writer.WriteStartObject("regarding"u8);
        writer.WriteString("apiVersion"u8, subject.ApiVersion);
        writer.WriteString("kind"u8, subject.Kind);
        if (subject.Namespace.Length > 0)
            writer.WriteString("namespace"u8, subject.Namespace);
        writer.WriteString("name"u8, subject.Name);
        writer.WriteString("uid"u8, subject.Uid);
        if (subject.ResourceVersion is { } version)
            writer.WriteString("resourceVersion"u8, version);
        writer.WriteEndObject();
        writer.WriteString("type"u8, series.Identity.Type.ToString());
        writer.WriteString("reason"u8, series.Identity.Reason);
        writer.WriteString("action"u8, "Reconcile"u8);
        writer.WriteString("note"u8, series.Identity.Message);
        writer.WriteString("eventTime"u8, Time(series.First));
        writer.WriteString("reportingController"u8, controller);
        writer.WriteString("reportingInstance"u8, instance);
        writer.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
