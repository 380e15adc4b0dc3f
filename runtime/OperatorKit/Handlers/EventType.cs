namespace OperatorKit;

/// <summary>How serious an Event is: what <c>kubectl describe</c> shows in the column Type.</summary>
public enum EventType
{
    /// <summary>Something went as it should.</summary>
    Normal,

    /// <summary>Something may need a person's attention.</summary>
    Warning,
}
