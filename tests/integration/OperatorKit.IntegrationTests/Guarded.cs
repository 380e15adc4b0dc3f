using OperatorKit.Models;

namespace OperatorKit.IntegrationTests;

/// <summary>A resource whose operator cleans up behind a finalizer.</summary>
[KubernetesResource("test.operatorkit.dev", "v1", Plural = "guarded")]
public sealed partial record Guarded : CustomResource<GuardedSpec, GuardedStatus>;

public sealed record GuardedSpec
{
    public string Note { get; init; } = "";
}

public sealed record GuardedStatus : ResourceStatus;

/// <summary>Leaves a ConfigMap behind that says what was cleaned up; it has no owner, so that it outlives the object.</summary>
public sealed class GuardedOperator : GuardedHandler
{
    public override Task<GuardedStatus> OnReconcileAsync(Guarded guarded, GuardedContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new GuardedStatus());

    public override Task OnDeleteAsync(Guarded guarded, GuardedContext context, CancellationToken cancellationToken) =>
        context.Client.Resource<V1ConfigMap>(guarded.Metadata.NamespaceProperty).ApplyAsync(
            new V1ConfigMap
            {
                Metadata = new V1ObjectMeta { Name = $"{guarded.Metadata.Name}-cleaned-up" },
                Data = new Dictionary<string, string> { ["note"] = guarded.Spec.Note },
            },
            cancellationToken: cancellationToken);
}
