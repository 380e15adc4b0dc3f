namespace OperatorKit.Eventing;

/// <summary>What makes two occurrences the same Event.</summary>
internal readonly record struct EventIdentity(string ObjectUid, EventType Type, string Reason, string Message);

/// <summary>One Event and how often it happened.</summary>
internal sealed class EventSeries(EventIdentity identity, EventSubject subject, string name, DateTimeOffset first)
{
    public EventIdentity Identity => identity;

    public EventSubject Subject => subject;

    /// <summary>The Event object's name.</summary>
    public string Name => name;

    public DateTimeOffset First { get; } = first;

    public DateTimeOffset Last { get; set; } = first;

    public int Count { get; set; } = 1;

    /// <summary>How many occurrences the cluster knows of; 0 before the Event is created.</summary>
    public int Written { get; set; }
}

/// <summary>The object that an Event is about.</summary>
internal sealed record EventSubject(string ApiVersion, string Kind, string Namespace, string Name, string Uid, string? ResourceVersion)
{
    public static EventSubject Of(IKubernetesObject resource) => new(
        resource.ApiVersion,
        resource.Kind,
        resource.Metadata.NamespaceProperty ?? "",
        resource.Metadata.Name ?? "",
        resource.Metadata.Uid ?? "",
        resource.Metadata.ResourceVersion);

    /// <summary>Where its Events live: its namespace, or <c>default</c> for an object of the cluster.</summary>
    public string EventNamespace => Namespace.Length == 0 ? "default" : Namespace;
}
