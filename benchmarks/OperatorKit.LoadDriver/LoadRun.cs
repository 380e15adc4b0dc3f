using System.Diagnostics;
using System.Globalization;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.LoadDriver;

/// <summary>Creates, scales, repairs and deletes SimpleApps, and times how long the operator takes to follow.</summary>
internal sealed class LoadRun(KubernetesClient client, LoadOptions options)
{
    private const string Suffix = "-replicaset";

    private readonly ResourceClient<SimpleApp> _apps = client.Resource<SimpleApp>(options.Namespace);
    private readonly ResourceClient<V1ReplicaSet> _replicaSets = client.Resource<V1ReplicaSet>(options.Namespace);
    private readonly string[] _names = [.. Enumerable.Range(0, options.Count).Select(i => $"load-{i.ToString("D6", CultureInfo.InvariantCulture)}")];

    private Action<WatchEventType, V1ReplicaSet>? _observe;

    public async Task<IReadOnlyList<Phase>> RunAsync(OperatorProcess process, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(stop.Token);
        try
        {
            await WarmUpAsync(process, cancellationToken);
            return [.. await PhasesAsync(process, cancellationToken)];
        }
        finally
        {
            await stop.CancelAsync();
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _apps.DeleteCollectionAsync(cancellationToken: CancellationToken.None);
        }
    }

    private async Task<List<Phase>> PhasesAsync(OperatorProcess process, CancellationToken cancellationToken)
    {
        List<Phase> phases = [];
        phases.Add(await MeasureAsync("create", _names, process,
            (name, token) => _apps.CreateAsync(NewApp(name), cancellationToken: token),
            static (type, set) => type == WatchEventType.Added && set.Spec?.Replicas == 1,
            cancellationToken));
        phases.Add(await MeasureAsync("scale", _names, process,
            (name, token) => _apps.PatchAsync(name, Patch.Merge("""{"spec":{"replicas":2}}"""), cancellationToken: token),
            static (type, set) => type == WatchEventType.Modified && set.Spec?.Replicas == 2,
            cancellationToken));
        if (options.Repairs > 0)
        {
            phases.Add(await MeasureAsync("repair", _names[..Math.Min(options.Repairs, _names.Length)], process,
                (name, token) => _replicaSets.DeleteAsync(name + Suffix, cancellationToken: token),
                static (type, _) => type == WatchEventType.Added,
                cancellationToken));
        }

        phases.Add(await MeasureAsync("delete", _names, process,
            (name, token) => _apps.DeleteAsync(name, cancellationToken: token),
            static (type, _) => type == WatchEventType.Deleted,
            cancellationToken));
        return phases;
    }

    /// <summary>One object through the whole life, so that start-up and first-call costs are not counted.</summary>
    private async Task WarmUpAsync(OperatorProcess process, CancellationToken cancellationToken)
    {
        const string Name = "load-warm-up";
        var made = new Latencies(1);
        made.Start(Name);
        _observe = (type, set) => Finish(made, type == WatchEventType.Added, set);
        await _apps.CreateAsync(NewApp(Name), cancellationToken: cancellationToken);
        try
        {
            await made.WaitAsync(options.Limit, "warm-up", cancellationToken);
        }
        catch (LoadException exception)
        {
            throw new LoadException($"{exception.Message}\nThe operator's last lines:\n{process.Tail()}");
        }

        await _apps.DeleteAsync(Name, cancellationToken: cancellationToken);
    }

    private async Task<Phase> MeasureAsync(
        string phase,
        IReadOnlyList<string> names,
        OperatorProcess process,
        Func<string, CancellationToken, Task> act,
        Func<WatchEventType, V1ReplicaSet, bool> isEffect,
        CancellationToken cancellationToken)
    {
        var latencies = new Latencies(names.Count);
        _observe = (type, set) => Finish(latencies, isEffect(type, set), set);
        var before = process.Usage();
        var started = Stopwatch.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(names, parallel, async (name, token) =>
        {
            latencies.Start(name);
            await act(name, token);
        });
        await latencies.WaitAsync(options.Limit, phase, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var after = process.Usage();
        return new Phase(phase, names.Count, elapsed, latencies.Percentile(0.5), latencies.Percentile(0.99), after.Cpu - before.Cpu, after.ResidentBytes);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var version = (await _replicaSets.ListAsync(cancellationToken: cancellationToken)).ResourceVersion;
        while (true)
        {
            await foreach (var change in _replicaSets.WatchAsync(new WatchOptions { ResourceVersion = version, AllowBookmarks = true }, cancellationToken))
            {
                version = change.ResourceVersion;
                if (change.Type != WatchEventType.Bookmark)
                    _observe?.Invoke(change.Type, change.Object);
            }
        }
    }

    private static void Finish(Latencies latencies, bool isEffect, V1ReplicaSet set)
    {
        if (isEffect && set.Metadata.Name is { } name && name.EndsWith(Suffix, StringComparison.Ordinal))
            latencies.Finish(name[..^Suffix.Length]);
    }

    private static SimpleApp NewApp(string name) => new() { Metadata = new V1ObjectMeta { Name = name }, Spec = new SimpleAppSpec() };
}
