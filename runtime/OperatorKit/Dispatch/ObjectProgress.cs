namespace OperatorKit.Dispatch;

/// <summary>What this process remembers about one object between runs. Nothing here is needed for correctness: a restart loses it.</summary>
internal sealed class ObjectProgress<TResource>(string uid, int fields)
    where TResource : class
{
    /// <summary>The object's uid: another object of the same name starts afresh.</summary>
    public string Uid => uid;

    /// <summary>The object as it was handled last, to tell what changed.</summary>
    public TResource? Handled { get; set; }

    /// <summary>The generation handled last by everything; all that is known of a kind without a status.</summary>
    public long? HandledGeneration { get; set; }

    /// <summary>The generation that create, update or reconcile has handled in a run that failed later, in a field handler; null where none did.</summary>
    public long? MethodGeneration { get; set; }

    /// <summary>Whether this process has handled the object to the end before.</summary>
    public bool IsSeen { get; set; }

    /// <summary>How many runs have failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Where each field handler stands.</summary>
    public FieldProgress<TResource>[] Fields { get; } = fields == 0 ? [] : [.. Enumerable.Range(0, fields).Select(static _ => new FieldProgress<TResource>())];

    /// <summary>The generation that the handler gave up on; null where it did not.</summary>
    public long? GivenUpGeneration { get; set; }

    /// <summary>The children applied.</summary>
    public AppliedChildren Children { get; } = new();
}

/// <summary>What this process remembers about one field handler of one object.</summary>
internal sealed class FieldProgress<TResource>
    where TResource : class
{
    /// <summary>The object as the method handled it last; null where it never did.</summary>
    public TResource? Handled { get; set; }

    /// <summary>The object as the method handled it in the run that is on; it counts when the status is written.</summary>
    public TResource? Pending { get; set; }

    /// <summary>Why the method gave up on the member as it is; null where it did not.</summary>
    public Failure? GivenUp { get; set; }

    /// <summary>What the run has done is written.</summary>
    public void Commit() => (Handled, Pending) = (Pending ?? Handled, null);
}
