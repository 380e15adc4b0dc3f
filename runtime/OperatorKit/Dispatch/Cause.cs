namespace OperatorKit.Dispatch;

/// <summary>Why an object is looked at. Derived from its state alone, so that it survives restarts and lost events.</summary>
internal enum Cause : byte
{
    /// <summary>Nothing to do: it is being deleted and this controller has no part in it any more.</summary>
    None,

    /// <summary>This controller has never dealt with it to the end.</summary>
    Create,

    /// <summary>Its spec has moved since.</summary>
    Update,

    /// <summary>This process, or this term of its leadership, has not seen it yet, and nothing has changed since it was dealt with.</summary>
    Resume,

    /// <summary>Something else: a child changed, a requeue came due.</summary>
    Reconcile,

    /// <summary>It is being deleted and waits for this controller's finalizer.</summary>
    Delete,
}

/// <summary>The two tables that decide what to call.</summary>
internal static class Causes
{
    /// <summary>What the state of an object asks for.</summary>
    /// <param name="deleting">Whether it has a deletion timestamp.</param>
    /// <param name="hasFinalizer">Whether this controller's finalizer is on it.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="observedGeneration">The generation that this controller dealt with last; null where it never did.</param>
    /// <param name="seen">Whether this process has dealt with it before.</param>
    public static Cause Classify(bool deleting, bool hasFinalizer, long generation, long? observedGeneration, bool seen) =>
        (deleting, hasFinalizer, observedGeneration) switch
        {
            (true, true, _) => Cause.Delete,
            (true, false, _) => Cause.None,
            (false, _, null) => Cause.Create,
            (false, _, var observed) when observed != generation => Cause.Update,
            _ => seen ? Cause.Reconcile : Cause.Resume,
        };

    /// <summary>Which method serves a cause, among those that the handler overrides.</summary>
    public static HandlerMethods Choose(Cause cause, HandlerMethods overridden) => cause switch
    {
        Cause.Create => First(overridden, HandlerMethods.Create, HandlerMethods.Reconcile),
        Cause.Update => First(overridden, HandlerMethods.Update, HandlerMethods.Reconcile),
        Cause.Resume when (overridden & HandlerMethods.Resume) != 0 => HandlerMethods.Resume,
        Cause.Resume or Cause.Reconcile => First(overridden, HandlerMethods.Reconcile, HandlerMethods.Update),
        Cause.Delete => overridden & HandlerMethods.Delete,
        _ => HandlerMethods.None,
    };

    private static HandlerMethods First(HandlerMethods overridden, HandlerMethods choice, HandlerMethods otherwise) =>
        (overridden & choice) != 0 ? choice : overridden & otherwise;
}
