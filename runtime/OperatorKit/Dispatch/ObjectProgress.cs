namespace OperatorKit.Dispatch;

/// <summary>What this process remembers about one object between runs. Nothing here is needed for correctness: a restart loses it.</summary>
internal sealed class ObjectProgress<TResource>(string uid)
{
    /// <summary>The object's uid: another object of the same name starts afresh.</summary>
    public string Uid => uid;

    /// <summary>The object as it was handled last, to tell what changed.</summary>
    public TResource? Handled { get; set; }

    /// <summary>The generation handled last; all that is known of a kind without a status.</summary>
    public long? HandledGeneration { get; set; }

    /// <summary>The generation that the handler gave up on; null where it did not.</summary>
    public long? GivenUpGeneration { get; set; }

    /// <summary>The children applied.</summary>
    public AppliedChildren Children { get; } = new();
}
