namespace OperatorKit;

/// <summary>
/// A way to find cached objects by something else than their name. Make one, keep it in a static field, add it with
/// <see cref="CacheOptions{T}.Index"/> and ask it with <see cref="ReconcileContext{TResource}.Indexed"/>.
/// </summary>
/// <typeparam name="T">The kind cached.</typeparam>
/// <param name="keys">The keys of an object; must be quick and depend on the object alone. Null keys are left out.</param>
public sealed class CacheIndex<T>(Func<T, IEnumerable<string?>> keys)
    where T : class, IKubernetesResource<T>
{
    internal IEnumerable<string?> Keys(T item) => keys(item);
}

/// <summary>Indexes that many need.</summary>
public static class CacheIndex
{
    /// <summary>Finds objects by the value of a label.</summary>
    /// <typeparam name="T">The kind cached.</typeparam>
    /// <param name="label">The label.</param>
    /// <returns>The index; its keys are the values.</returns>
    public static CacheIndex<T> Label<T>(string label)
        where T : class, IKubernetesResource<T> =>
        new(item => item.Metadata.Labels is { } labels && labels.TryGetValue(label, out var value) ? [value] : []);
}
