namespace OperatorKit.ApiServer;

/// <summary>Something that goes wrong with a request.</summary>
public abstract record Fault
{
    private protected Fault()
    {
    }

    /// <summary>Answers with a Status instead of doing anything.</summary>
    /// <param name="code">The HTTP status code.</param>
    /// <param name="reason">The machine-readable reason: <c>ServiceUnavailable</c>.</param>
    /// <param name="message">The text for people. Default: one that names the fault.</param>
    /// <param name="retryAfter">The Retry-After header, in whole seconds; clients retry only with one. Default: none.</param>
    public static Fault Status(int code, string reason = "", string message = "", TimeSpan? retryAfter = null) =>
        new StatusFault(code, reason, message.Length == 0 ? "an injected fault" : message, retryAfter);

    /// <summary>Answers a write with 409 Conflict, as if somebody else had changed the object.</summary>
    public static Fault Conflict() =>
        Status(409, "Conflict", "Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>Answers with 410 Expired, as if the history had been compacted.</summary>
    public static Fault Expired() => Status(410, "Expired", "too old resource version");

    /// <summary>Answers with 429 and a Retry-After header.</summary>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) =>
        Status(429, "TooManyRequests", "Too many requests, please try again later.", retryAfter ?? TimeSpan.FromSeconds(1));

    /// <summary>Waits, by the server's clock, before the request is carried out.</summary>
    public static Fault Delay(TimeSpan by) => new DelayFault(by);

    /// <summary>Closes the connection without an answer. The request is not carried out.</summary>
    public static Fault Drop() => new DropFault(AfterWork: false);

    /// <summary>Carries the request out and closes the connection before the answer: the client cannot know that it was done.</summary>
    public static Fault LoseAnswer() => new DropFault(AfterWork: true);

    /// <summary>Closes the connection after so many bytes of the answer's body.</summary>
    public static Fault Truncate(long afterBytes) => new TruncateFault(afterBytes);

    /// <summary>Answers a get or a list with the state as it was so many writes ago.</summary>
    public static Fault Stale(long writesAgo) => new StaleFault(writesAgo);

    /// <summary>Decides for each event of a watch what becomes of it.</summary>
    public static Fault Watch(Func<WatchedEvent, WatchAction> decide) => new WatchFault(decide);
}

/// <summary>An event on its way to a watcher.</summary>
/// <param name="Number">Counts the events of this watch from 1.</param>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c> or <c>ERROR</c>.</param>
/// <param name="Namespace">The object's namespace, or "".</param>
/// <param name="Name">The object's name, or "".</param>
public readonly record struct WatchedEvent(long Number, string Type, string Namespace, string Name);

/// <summary>What becomes of an event of a watch.</summary>
public enum WatchAction
{
    /// <summary>It is sent.</summary>
    Send,

    /// <summary>It is lost.</summary>
    Lose,

    /// <summary>It is sent twice.</summary>
    Duplicate,

    /// <summary>It is sent after the next one.</summary>
    Postpone,

    /// <summary>The connection is closed before it is sent.</summary>
    Disconnect,
}

internal sealed record StatusFault(int Code, string Reason, string Message, TimeSpan? RetryAfter) : Fault;

internal sealed record DelayFault(TimeSpan By) : Fault;

internal sealed record DropFault(bool AfterWork) : Fault;

internal sealed record TruncateFault(long AfterBytes) : Fault;

internal sealed record StaleFault(long WritesAgo) : Fault;

internal sealed record WatchFault(Func<WatchedEvent, WatchAction> Decide) : Fault;
