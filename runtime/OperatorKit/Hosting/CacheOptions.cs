namespace OperatorKit;

/// <summary>What a controller reads of a kind, and keeps in memory. Controllers that ask for the same share one list and one watch.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed class CacheOptions<T>
    where T : class, IKubernetesResource<T>
{
    private readonly List<CacheIndex<T>> _indexes = [];

    /// <summary>Only objects with these labels, as in <c>app=web,tier in (a,b)</c>. Default: all.</summary>
    public string? LabelSelector { get; set; }

    /// <summary>Only objects with these field values, as in <c>spec.nodeName=one</c>. Default: all.</summary>
    public string? FieldSelector { get; set; }

    /// <summary>Has the server send nothing but the metadata; all other members are empty. Not for the kind that is handled. Default: false.</summary>
    public bool MetadataOnly { get; set; }

    /// <summary>
    /// Makes of an object what is kept of it: set what no handler reads to null. Must keep the metadata, be quick, and be one static function where controllers are to
    /// share a cache. An object for which it throws is kept as it is. Default: everything is kept.
    /// </summary>
    public Func<T, T>? Transform { get; set; }

    internal IReadOnlyList<CacheIndex<T>> Indexes => _indexes;

    /// <summary>Keeps an index up to date.</summary>
    /// <param name="index">The index, to ask with <see cref="ReconcileContext{TResource}.Indexed"/>.</param>
    /// <returns>The same options.</returns>
    public CacheOptions<T> Index(CacheIndex<T> index)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (!_indexes.Contains(index))
            _indexes.Add(index);
        return this;
    }
}
