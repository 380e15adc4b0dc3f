using OperatorKit;
using OperatorKit.Models;

namespace Samples;

/// <summary>Keeps one ReplicaSet for each SimpleApp.</summary>
[Owns<V1ReplicaSet>]
public sealed class SimpleAppOperator : SimpleAppHandler
{
    /// <inheritdoc/>
    public override Task<SimpleAppStatus> OnCreateAsync(SimpleApp simpleApp, SimpleAppContext context, CancellationToken cancellationToken) =>
        EnsureAsync(simpleApp, context, cancellationToken);

    /// <inheritdoc/>
    public override Task<SimpleAppStatus> OnUpdateAsync(SimpleApp simpleApp, SimpleAppChange change, SimpleAppContext context, CancellationToken cancellationToken)
    {
        if (change.Replicas is { Changed: true, OldIsKnown: true })
            context.Event(EventType.Normal, "Scaled", $"Replicas: {change.Replicas}");
        return EnsureAsync(simpleApp, context, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<SimpleAppStatus> OnReconcileAsync(SimpleApp simpleApp, SimpleAppContext context, CancellationToken cancellationToken) =>
        EnsureAsync(simpleApp, context, cancellationToken);

    private static async Task<SimpleAppStatus> EnsureAsync(SimpleApp app, SimpleAppContext context, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = app.Metadata.Name! };
        var replicaSet = await context.ApplyAsync(
            new V1ReplicaSet
            {
                Metadata = new V1ObjectMeta { Name = $"{app.Metadata.Name}-replicaset", Labels = labels },
                Spec = new V1ReplicaSetSpec
                {
                    Replicas = app.Spec.Replicas,
                    Selector = new V1LabelSelector { MatchLabels = labels },
                    Template = new V1PodTemplateSpec
                    {
                        Metadata = new V1ObjectMeta { Labels = labels },
                        Spec = new V1PodSpec { Containers = [new V1Container { Name = "app", Image = app.Spec.Image }] },
                    },
                },
            },
            cancellationToken);
        return new SimpleAppStatus { ReadyReplicas = replicaSet.Status?.ReadyReplicas ?? 0 };
    }
}
