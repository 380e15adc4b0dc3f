namespace OperatorKit;

/// <summary>Where more is said about a member or type (<c>externalDocs</c>).</summary>
/// <param name="url">The whole address, as in <c>https://example.com/docs</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, Inherited = false)]
public sealed class ExternalDocsAttribute(string url) : Attribute
{
    /// <summary>The address.</summary>
    public string Url { get; } = url;

    /// <summary>What is there. Default: nothing is said.</summary>
    public string? Description { get; init; }
}
