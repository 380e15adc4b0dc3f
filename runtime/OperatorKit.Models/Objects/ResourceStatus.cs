using OperatorKit.Models;

namespace OperatorKit;

/// <summary>
/// The part of a status that every operator reports: which generation it has dealt with, and its conditions
/// (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties).
/// </summary>
public abstract record ResourceStatus
{
    /// <summary>The <c>metadata.generation</c> that the operator dealt with last. Set by the runtime.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Conditions, one a type. The runtime sets <c>Ready</c> where a handler did not.</summary>
    public IReadOnlyList<V1Condition> Conditions { get; init; } = [];
}
