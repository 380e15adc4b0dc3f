using OperatorKit.Models;

namespace OperatorKit;

/// <summary>The common part of all custom resources. Derive from <see cref="CustomResource{TSpec}"/> or <see cref="CustomResource{TSpec, TStatus}"/>.</summary>
public abstract record CustomResource : IKubernetesObject
{
    private protected CustomResource()
    {
    }

    /// <inheritdoc/>
    public abstract string ApiVersion { get; }

    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; init; } = new();

    /// <summary>The status, whatever its type; null where the kind has none or none was written yet.</summary>
    public abstract ResourceStatus? ObservedStatus { get; }

    /// <summary>The same object with another status.</summary>
    /// <param name="status">A status of the type that the kind declares, or null.</param>
    /// <returns>A copy; the object itself for a kind without a status.</returns>
    /// <exception cref="InvalidCastException">The status is of another type.</exception>
    public abstract CustomResource WithObservedStatus(ResourceStatus? status);
}

/// <summary>A custom resource without a status.</summary>
/// <typeparam name="TSpec">What the user of the resource asks for.</typeparam>
public abstract record CustomResource<TSpec> : CustomResource
    where TSpec : class
{
    /// <summary>What the user of the resource asks for.</summary>
    public required TSpec Spec { get; init; }

    /// <inheritdoc/>
    public override ResourceStatus? ObservedStatus => null;

    /// <inheritdoc/>
    public override CustomResource WithObservedStatus(ResourceStatus? status) => this;
}

/// <summary>A custom resource with a <c>/status</c> subresource.</summary>
/// <typeparam name="TSpec">What the user of the resource asks for.</typeparam>
/// <typeparam name="TStatus">What the operator reports back.</typeparam>
public abstract record CustomResource<TSpec, TStatus> : CustomResource<TSpec>
    where TSpec : class
    where TStatus : ResourceStatus
{
    /// <summary>What the operator reported last; null before it did.</summary>
    public TStatus? Status { get; init; }

    /// <inheritdoc/>
    public sealed override ResourceStatus? ObservedStatus => Status;

    /// <inheritdoc/>
    public sealed override CustomResource WithObservedStatus(ResourceStatus? status) => this with { Status = (TStatus?)status };
}
