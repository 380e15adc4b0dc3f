using System.Globalization;

namespace OperatorKit.ApiServer;

/// <summary>One thing that happened on a server. Its text is made when it is asked for.</summary>
public abstract class TimelineEntry
{
    private protected TimelineEntry(DateTimeOffset time) => Time = time;

    /// <summary>When it happened, by the server's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>What happened, without the time.</summary>
    public abstract string Text { get; }

    /// <summary>The time of day and the text.</summary>
    public sealed override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time.UtcDateTime:HH:mm:ss.fff} {Text}");
}
