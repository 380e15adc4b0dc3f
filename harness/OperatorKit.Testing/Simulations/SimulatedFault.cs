namespace OperatorKit.Testing;

/// <summary>What goes wrong in a <see cref="Simulation"/>.</summary>
public enum SimulatedFault
{
    /// <summary>The request never reaches the server; the operator sees a broken connection.</summary>
    LoseRequest,

    /// <summary>The server carries the request out, and the operator never hears of it.</summary>
    LoseAnswer,

    /// <summary>The request takes its time.</summary>
    DelayRequest,

    /// <summary>409, though nobody else has written.</summary>
    Conflict,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>The operator dies before a write reaches the server.</summary>
    CrashBeforeWrite,

    /// <summary>The operator dies after a write, before it hears of it.</summary>
    CrashAfterWrite,

    /// <summary>A request about the lease never reaches the server.</summary>
    LoseLeaseRequest,

    /// <summary>The server changes the lease, and the operator never hears of it.</summary>
    LoseLeaseAnswer,

    /// <summary>The API server cannot reach the webhook: the connection is refused.</summary>
    LoseReview,

    /// <summary>The webhook answers, and the API server never hears of it.</summary>
    LoseReviewAnswer,

    /// <summary>The webhook is asked late, perhaps later than the API server waits.</summary>
    DelayReview,

    /// <summary>The operator dies while its webhook answers.</summary>
    CrashInReview,

    /// <summary>A watch event gets lost; the server notices later and expires the watch.</summary>
    DropEvent,

    /// <summary>A watch event comes twice.</summary>
    DuplicateEvent,

    /// <summary>A watch event comes after the next one; the server notices later and expires the watch.</summary>
    ReorderEvent,

    /// <summary>A watch stalls: this event and those behind it come late.</summary>
    DelayEvent,

    /// <summary>The connection of a watch breaks.</summary>
    CutWatch,

    /// <summary>The server ends a watch with 410.</summary>
    ExpireWatch,

    /// <summary>The server forgets all history: whoever resumes gets 410.</summary>
    Compact,

    /// <summary>All requests are answered with 429 for a while.</summary>
    TooManyRequests,

    /// <summary>All requests are answered with 503 for a while.</summary>
    Unavailable,

    /// <summary>Nothing passes between a replica and the server for a while, and nobody is told.</summary>
    Partition,

    /// <summary>All that a replica sees by watching is late for a while.</summary>
    StaleCache,

    /// <summary>The wall clock of a replica jumps.</summary>
    ClockJump,

    /// <summary>A replica is killed and comes back.</summary>
    Kill,

    /// <summary>A replica is stopped in good order and comes back.</summary>
    Restart,
}
