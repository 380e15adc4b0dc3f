using BenchmarkDotNet.Attributes;
using OperatorKit.Queueing;

namespace OperatorKit.Benchmarks;

/// <summary>The work queue: one key through add, take and done.</summary>
[MemoryDiagnoser]
public class QueueBenchmarks
{
    private const int Keys = 1000;

    private readonly WorkQueue<string> _queue = new();
    private readonly string[] _keys = [.. Enumerable.Range(0, Keys).Select(static i => $"default/app-{i}")];

    [Benchmark(OperationsPerInvoke = Keys)]
    public int AddTakeDone()
    {
        foreach (var key in _keys)
            _queue.Add(key);
        var taken = 0;
        while (_queue.TryTake(out var key))
        {
            _queue.Done(key);
            taken++;
        }

        return taken;
    }
}
