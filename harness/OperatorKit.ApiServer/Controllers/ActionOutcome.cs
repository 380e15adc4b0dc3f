namespace OperatorKit.ApiServer.Controllers;

/// <summary>How a write of a controller ended.</summary>
internal enum ActionOutcome
{
    Done,

    /// <summary>The object had changed or gone in between: look at it again.</summary>
    Stale,

    /// <summary>Not allowed or not valid now: try again later, with growing delays.</summary>
    Refused,
}

/// <summary>Carries one action out in the name of a program.</summary>
internal delegate ValueTask<ActionOutcome> ActionCarrier(string program, ControllerAction action, CancellationToken cancellationToken);
