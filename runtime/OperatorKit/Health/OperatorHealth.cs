using OperatorKit.Watching;

namespace OperatorKit.Health;

/// <summary>Whether an operator lives and is ready, by what its informers do.</summary>
internal sealed class OperatorHealth(Func<IReadOnlyList<IInformerStatus>> informers)
{
    /// <summary>A watch ends after 300 seconds at the latest and a wait after 30: an informer silent for longer hangs.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(6);

    private volatile bool _stopping;

    /// <summary>From now on the operator is not ready.</summary>
    public void Stopping() => _stopping = true;

    /// <summary>What keeps the operator from being alive; empty when it is.</summary>
    public IEnumerable<string> NotAlive() => informers()
        .Where(static informer => informer.SinceLastStep > LongestSilence)
        .Select(static informer => $"the watch of {informer.Definition.QualifiedName} has not moved for {informer.SinceLastStep:g}");

    /// <summary>What keeps the operator from being ready; empty when it is.</summary>
    public IEnumerable<string> NotReady()
    {
        if (_stopping)
            yield return "the operator is stopping";
        foreach (var informer in informers())
        {
            if (!informer.Synced.IsCompletedSuccessfully)
                yield return $"{informer.Definition.QualifiedName} is not listed yet{(informer.LastError is { } error ? $": {error.Message}" : "")}";
        }
    }
}
