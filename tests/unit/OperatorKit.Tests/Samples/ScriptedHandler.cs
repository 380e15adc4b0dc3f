using System.Collections.Concurrent;
using OperatorKit.Models;

namespace OperatorKit.Tests.Samples;

/// <summary>A handler whose behaviour a test gives; keeps one ReplicaSet an app unless told otherwise.</summary>
internal sealed class ScriptedHandler : IResourceHandler<SimpleApp>
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public Func<ReconcileScope<SimpleApp>, SimpleAppContext, CancellationToken, Task<ResourceStatus?>> OnReconcile { get; set; } = EnsureAsync;

    public Func<SimpleAppContext, CancellationToken, Task> OnDelete { get; set; } = static (_, _) => Task.CompletedTask;

    public static async Task<ResourceStatus?> EnsureAsync(ReconcileScope<SimpleApp> scope, SimpleAppContext context, CancellationToken cancellationToken)
    {
        var app = scope.Resource;
        var labels = new Dictionary<string, string> { ["app"] = app.Metadata.Name! };
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

    public Task<ResourceStatus?> ReconcileAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{scope.Method} {scope.Resource.Metadata.Name}");
        return OnReconcile(scope, new SimpleAppContext(scope), cancellationToken);
    }

    public Task DeleteAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{scope.Method} {scope.Resource.Metadata.Name}");
        return OnDelete(new SimpleAppContext(scope), cancellationToken);
    }
}

internal sealed class SimpleAppContext(ReconcileScope<SimpleApp> scope) : ReconcileContext<SimpleApp>(scope);
