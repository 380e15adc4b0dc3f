namespace OperatorKit.ApiServer.Metadata;

/// <summary>
/// What a kind checks of its metadata by itself on update, after the round that all kinds have in common. What is wrong is a cause
/// of the refusal in each round.
/// </summary>
internal enum MetadataRounds
{
    /// <summary>What an update may not change: most kinds.</summary>
    Update,

    /// <summary>Nothing; on create, the metadata is looked at only where the rest is right.</summary>
    None,

    /// <summary>The whole of it, as on create.</summary>
    Content,

    /// <summary>The whole of it, twice.</summary>
    ContentTwice,

    UpdateAndContent,
}
