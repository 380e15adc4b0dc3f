using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing;

/// <summary>The objects of a simulated cluster at one moment, for rules to look at.</summary>
public sealed class SimulatedCluster
{
    private readonly Store _store;
    private readonly Func<TimeSpan> _elapsed;

    internal SimulatedCluster(Store store, Func<TimeSpan> elapsed)
    {
        _store = store;
        _elapsed = elapsed;
    }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => _elapsed();

    /// <summary>An object, or null.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="namespace">Its namespace; null for a kind of the cluster.</param>
    public T? Find<T>(string name, string? @namespace = "default")
        where T : class, IKubernetesResource<T> =>
        _store.Find(Resource<T>(), T.Definition.Scope == ResourceScope.Cluster ? null : @namespace, name) is { } found ? Typed.Read<T>(found.Value) : null;

    /// <summary>The objects of a kind, by namespace and name.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="namespace">Of one namespace only. Default: all.</param>
    public IReadOnlyList<T> List<T>(string? @namespace = null)
        where T : class, IKubernetesResource<T> => [.. _store.Read(Resource<T>()).Objects.In(@namespace).Select(static stored => Typed.Read<T>(stored.Value))];

    private static GroupResource Resource<T>()
        where T : class, IKubernetesResource<T> => new(T.Definition.Group, T.Definition.Plural);
}
