using System.Diagnostics;
using System.Globalization;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.LoadDriver;

/// <summary>Creates, scales, repairs and deletes SimpleApps, and times how long the operator takes to follow.</summary>
internal sealed class LoadRun(KubernetesClient client, LoadOptions options)
{
    private const string Suffix = "-replicaset";

    /// <summary>An operator that used less than a tenth of this time of a processor is at rest.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>For what an operator writes after the effect: a status, an Event.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

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
            return [await StartAsync(process, cancellationToken), .. await PhasesAsync(process, cancellationToken)];
        }
        finally
        {
            await stop.CancelAsync();
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ClearAsync();
        }
    }

    /// <summary>Leaves nothing to the next operator.</summary>
    private async Task ClearAsync()
    {
        using var limit = new CancellationTokenSource(options.Limit);
        await _apps.DeleteCollectionAsync(cancellationToken: limit.Token);
        while ((await _apps.ListAsync(cancellationToken: limit.Token)).Count + (await _replicaSets.ListAsync(cancellationToken: limit.Token)).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
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
        phases.Add(await OneByOneAsync("scale-1", First(options.Single), process,
            (name, token) => _apps.PatchAsync(name, Patch.Merge("""{"spec":{"replicas":3}}"""), cancellationToken: token),
            static (type, set) => type == WatchEventType.Modified && set.Spec?.Replicas == 3,
            cancellationToken));
        if (options.Repairs > 0)
        {
            phases.Add(await MeasureAsync("repair", First(options.Repairs), process, DeleteChildAsync, IsMadeAgain, cancellationToken));
            phases.Add(await OneByOneAsync("repair-1", First(options.Repairs), process, DeleteChildAsync, IsMadeAgain, cancellationToken));
        }

        phases.Add(await MeasureAsync("delete", _names, process,
            (name, token) => _apps.DeleteAsync(name, cancellationToken: token),
            static (type, _) => type == WatchEventType.Deleted,
            cancellationToken));
        return phases;

        Task DeleteChildAsync(string name, CancellationToken token) => _replicaSets.DeleteAsync(name + Suffix, cancellationToken: token);

        static bool IsMadeAgain(WatchEventType type, V1ReplicaSet set) => type == WatchEventType.Added;
    }

    private string[] First(int count) => _names[..Math.Min(count, _names.Length)];

    /// <summary>From the start of the process to the effect on an object that was there before; warms the operator up for the other phases.</summary>
    private async Task<Phase> StartAsync(OperatorProcess process, CancellationToken cancellationToken)
    {
        const string Name = "load-warm-up";
        var made = new Latencies(1);
        _observe = (type, set) => Finish(made, type == WatchEventType.Added, set);
        await _apps.CreateAsync(NewApp(Name), cancellationToken: cancellationToken);
        made.Start(Name);
        process.Start();
        try
        {
            await made.WaitAsync(options.Limit, "start", cancellationToken);
        }
        catch (LoadException exception)
        {
            throw new LoadException($"{exception.Message}\nThe operator's last lines:\n{process.Tail()}");
        }

        var usage = process.Usage();
        await _apps.DeleteAsync(Name, cancellationToken: cancellationToken);
        return NewPhase("start", made, 1, TimeSpan.FromMilliseconds(made.Percentile(1)), default, usage);
    }

    /// <summary>One object after the other, so that the time is that of an operator with nothing else to do.</summary>
    private async Task<Phase> OneByOneAsync(
        string phase,
        IReadOnlyList<string> names,
        OperatorProcess process,
        Func<string, CancellationToken, Task> act,
        Func<WatchEventType, V1ReplicaSet, bool> isEffect,
        CancellationToken cancellationToken)
    {
        var latencies = new Latencies(names.Count);
        using var seen = new SemaphoreSlim(0);
        _observe = (type, set) =>
        {
            if (Finish(latencies, isEffect(type, set), set))
                seen.Release();
        };
        await RestAsync(process, cancellationToken);
        var before = process.Usage();
        foreach (var name in names)
        {
            await Task.Delay(Pause, cancellationToken);
            latencies.Start(name);
            await act(name, cancellationToken);
            if (!await seen.WaitAsync(options.Limit, cancellationToken))
                throw latencies.Missing(options.Limit, phase);
        }

        // A late event finds no semaphore to release.
        _observe = null;
        return NewPhase(phase, latencies, names.Count, latencies.Total, before, process.Usage());
    }

    /// <summary>Waits until the operator has done what the last phase left to it: statuses, Events, the compilation of what has turned out to be hot.</summary>
    private async Task RestAsync(OperatorProcess process, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        for (var (before, used) = (process.Usage().Cpu, Look); used >= Look / 10 && Stopwatch.GetElapsedTime(started) < options.Limit;)
        {
            await Task.Delay(Look, cancellationToken);
            var now = process.Usage().Cpu;
            (before, used) = (now, now - before);
        }
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
        return NewPhase(phase, latencies, names.Count, Stopwatch.GetElapsedTime(started), before, process.Usage());
    }

    private static Phase NewPhase(string name, Latencies latencies, int objects, TimeSpan elapsed, ProcessUsage before, ProcessUsage after) => new(
        name,
        objects,
        objects / elapsed.TotalSeconds,
        latencies.Percentile(0.5),
        latencies.Percentile(0.99),
        (after.Cpu - before.Cpu).TotalMilliseconds / objects,
        after.ResidentBytes / 1e6,
        after.PeakBytes / 1e6);

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

    private static bool Finish(Latencies latencies, bool isEffect, V1ReplicaSet set) =>
        isEffect && set.Metadata.Name is { } name && name.EndsWith(Suffix, StringComparison.Ordinal) && latencies.Finish(name[..^Suffix.Length]);

    private static SimpleApp NewApp(string name) => new() { Metadata = new V1ObjectMeta { Name = name }, Spec = new SimpleAppSpec() };
}
