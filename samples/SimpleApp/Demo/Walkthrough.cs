using System.Diagnostics;
using OperatorKit;
using OperatorKit.Client;
using OperatorKit.Models;
using Spectre.Console;

namespace Samples.Demo;

/// <summary>Takes one SimpleApp through its life and tells each step as it happens.</summary>
[RbacIgnore]
internal sealed class Walkthrough(Cluster cluster, IAnsiConsole console)
{
    private const string Namespace = "default";

    private readonly ResourceClient<SimpleApp> _apps = cluster.Client.Resource<SimpleApp>(Namespace);
    private readonly ResourceClient<V1ReplicaSet> _replicaSets = cluster.Client.Resource<V1ReplicaSet>(Namespace);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string Name = "my-simple-app";
        const string Child = "my-simple-app-replicaset";

        await StepAsync("kubectl apply -f simpleapp.yaml", $"{Name}, replicas 3", async () =>
        {
            var manifest = await File.ReadAllTextAsync(DemoCommand.Manifest, cancellationToken);
            await cluster.Client.ApplyManifestAsync(manifest, cancellationToken: cancellationToken);
            await ReplicaSetReadyAsync(Child, 3, cancellationToken);
            await AppReadyAsync(Name, 3, cancellationToken);
        });
        await ShowAsync(cancellationToken);

        await StepAsync($"kubectl scale simpleapp/{Name} --replicas=5", "through the scale subresource", async () =>
        {
            await _apps.ScaleAsync(Name, 5, cancellationToken: cancellationToken);
            await ReplicaSetReadyAsync(Child, 5, cancellationToken);
            await AppReadyAsync(Name, 5, cancellationToken);
        });

        await StepAsync($"kubectl delete replicaset {Child}", "by hand, behind the operator's back", async () =>
        {
            var before = await _replicaSets.GetAsync(Child, cancellationToken);
            await _replicaSets.DeleteAsync(Child, cancellationToken: cancellationToken);
            await Until.HoldsAsync(_replicaSets, Child, now => now is not null && now.Metadata.Uid != before.Metadata.Uid, $"new ReplicaSet {Child}", cancellationToken);
            Say($"ReplicaSet [bold]{Child}[/] is back, with a new uid");
            await AppReadyAsync(Name, 5, cancellationToken);
        });
        await ShowAsync(cancellationToken);

        await StepAsync($"kubectl delete simpleapp {Name}", "its ReplicaSet and pods go with it", async () =>
        {
            await _apps.DeleteAsync(Name, cancellationToken: cancellationToken);
            await Until.HoldsAsync(_apps, Name, static now => now is null, $"end of {Name}", cancellationToken);
            Say($"SimpleApp [bold]{Name}[/] is gone");
            await Until.HoldsAsync(_replicaSets, Child, static now => now is null, $"end of {Child}", cancellationToken);
            Say($"ReplicaSet [bold]{Child}[/] is gone");
        });
        await ShowAsync(cancellationToken);
    }

    private async Task StepAsync(string command, string remark, Func<Task> step)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[blue]$[/] [bold]{command}[/]  [dim]{remark}[/]");
        var started = Stopwatch.GetTimestamp();
        await step();
        console.MarkupLineInterpolated($"  [dim]{Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms[/]");
    }

    private async Task ReplicaSetReadyAsync(string name, int replicas, CancellationToken cancellationToken)
    {
        await Until.HoldsAsync(_replicaSets, name, now => now?.Spec?.Replicas == replicas, $"ReplicaSet {name} of {replicas}", cancellationToken);
        Say($"ReplicaSet [bold]{name}[/] asks for {replicas} pods");
        await Until.HoldsAsync(_replicaSets, name, now => now?.Status?.ReadyReplicas == replicas, $"ReplicaSet {name} with {replicas} ready pods", cancellationToken);
        Say($"{replicas} pods are ready");
    }

    private async Task AppReadyAsync(string name, int replicas, CancellationToken cancellationToken)
    {
        await Until.HoldsAsync(_apps, name, now => IsReady(now, replicas), $"condition Ready=True on {name}", cancellationToken);
        Say($"SimpleApp [bold]{name}[/] is Ready, {replicas}/{replicas}");
    }

    private static bool IsReady(SimpleApp? app, int replicas) =>
        app?.Status is { } status
        && status.ObservedGeneration == app.Metadata.Generation
        && status.ReadyReplicas == replicas
        && status.Conditions.Any(static condition => condition is { Type: "Ready", Status: "True" });

    private void Say(string markup) => console.MarkupLine($"  [green]✓[/] {markup}");

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("[dim]the cluster holds[/]").AddColumns("kind", "name", "state");
        foreach (var app in await _apps.ListAsync(cancellationToken: cancellationToken))
            table.AddRow("SimpleApp", app.Metadata.Name!, $"{app.Status?.ReadyReplicas ?? 0}/{app.Spec.Replicas} ready, {app.Spec.Image}");
        foreach (var set in await _replicaSets.ListAsync(cancellationToken: cancellationToken))
            table.AddRow("ReplicaSet", set.Metadata.Name!, $"{set.Status?.ReadyReplicas ?? 0}/{set.Spec?.Replicas} ready");
        foreach (var pod in await cluster.Client.Resource<V1Pod>(Namespace).ListAsync(cancellationToken: cancellationToken))
            table.AddRow("Pod", pod.Metadata.Name!, pod.Status?.Phase ?? "");
        if (table.Rows.Count == 0)
            table.AddRow("", "[dim]nothing[/]", "");
        console.Write(table);
    }
}
