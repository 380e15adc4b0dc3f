using OperatorKit;
using OperatorKit.Models;

namespace Samples;

/// <summary>Keeps one ReplicaSet for each SimpleApp.</summary>
[Owns<V1ReplicaSet>]
public sealed class SimpleAppOperator : SimpleAppHandler
{
    /// <inheritdoc/>
    public override async Task<SimpleAppStatus> OnCreateAsync(SimpleApp app, SimpleAppContext context, CancellationToken ct)
    {
        var status = await EnsureAsync(app, context, ct);
        context.Event(EventType.Normal, "Created", $"ReplicaSet {ReplicaSetName(app)} of {app.Spec.Replicas}");
        return status;
    }

    /// <inheritdoc/>
    public override async Task<SimpleAppStatus> OnUpdateAsync(SimpleApp app, SimpleAppChange change, SimpleAppContext context, CancellationToken ct)
    {
        var status = await EnsureAsync(app, context, ct);
        if (change.Replicas.Changed)
            context.Event(EventType.Normal, "Scaled", $"ReplicaSet {ReplicaSetName(app)}: {change.Replicas}");
        return status;
    }

    /// <inheritdoc/>
    public override async Task<SimpleAppStatus> OnReconcileAsync(SimpleApp app, SimpleAppContext context, CancellationToken ct)
    {
        if (context.Owned<V1ReplicaSet>(ReplicaSetName(app)) is null)
            context.Event(EventType.Warning, "Repaired", $"ReplicaSet {ReplicaSetName(app)} was gone");
        return await EnsureAsync(app, context, ct);
    }

    private static async Task<SimpleAppStatus> EnsureAsync(SimpleApp app, SimpleAppContext context, CancellationToken ct)
    {
        var replicaSet = await context.ApplyAsync(ReplicaSetFor(app), ct);
        var ready = replicaSet.Status?.ReadyReplicas ?? 0;
        return new SimpleAppStatus
        {
            ReadyReplicas = ready,
            Conditions =
            [
                new V1Condition
                {
                    Type = "Ready",
                    Status = ready == app.Spec.Replicas ? "True" : "False",
                    Reason = ready == app.Spec.Replicas ? "PodsReady" : "PodsNotReady",
                    Message = $"{ready} of {app.Spec.Replicas} pods are ready",
                },
            ],
        };
    }

    private static V1ReplicaSet ReplicaSetFor(SimpleApp app)
    {
        var labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "simpleapp", ["app.kubernetes.io/instance"] = app.Metadata.Name! };
        return new V1ReplicaSet
        {
            Metadata = new V1ObjectMeta { Name = ReplicaSetName(app), Labels = labels },
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
        };
    }

    private static string ReplicaSetName(SimpleApp app) => $"{app.Metadata.Name}-replicaset";
}
