using System.Runtime.CompilerServices;
using OperatorKit.Client;

namespace OperatorKit.Testing;

/// <summary>A namespace for one test.</summary>
public sealed class TestNamespace : IAsyncDisposable
{
    internal TestNamespace(TestCluster cluster, string name)
    {
        Cluster = cluster;
        Name = name;
    }

    /// <summary>The cluster that it is in.</summary>
    public TestCluster Cluster { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The objects of a kind in it.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>A client for the kind.</returns>
    public ResourceClient<T> Resource<T>()
        where T : class, IKubernetesResource<T> => Cluster.Client.Resource<T>(Name);

    /// <inheritdoc cref="TestCluster.EventuallyAsync{T}"/>
    public Task<T> EventuallyAsync<T>(
        string name, Func<T, bool> condition, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(condition))] string text = "")
        where T : class, IKubernetesResource<T> => Cluster.EventuallyAsync(Name, name, condition, cancellationToken, text);

    /// <inheritdoc cref="TestCluster.EventuallyGoneAsync{T}"/>
    public Task EventuallyGoneAsync<T>(string name, CancellationToken cancellationToken = default)
        where T : class, IKubernetesResource<T> => Cluster.EventuallyGoneAsync<T>(Name, name, cancellationToken);

    /// <summary>Starts the deletion of the namespace and all that is in it.</summary>
    public async ValueTask DisposeAsync() => await Cluster.Client.Namespaces().DeleteAsync(Name);
}
