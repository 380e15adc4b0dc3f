using OperatorKit.Serialization;

namespace OperatorKit.Caching;

/// <summary>
/// How much a cache holds, as the JSON of what is kept of its objects: some are written, the others are taken to be like them. Costs nothing
/// until somebody asks, and no memory for each object.
/// </summary>
internal static class CacheSize
{
    /// <summary>So many objects are written at most.</summary>
    private const int Sample = 32;

    /// <summary>The bytes of JSON of all objects, estimated.</summary>
    public static double EstimateJson<T>(ObjectCache<T> cache)
        where T : class, IKubernetesObject, IJsonModel<T>
    {
        var (sample, count) = cache.Sample(Sample);
        return sample.Length == 0 ? 0 : sample.Average(static item => JsonBytes(item)) * count;
    }

    private static int JsonBytes<T>(T item)
        where T : IJsonModel<T>
    {
        using var json = PooledJson.Write(item, static (writer, written) => T.WriteJson(writer, written));
        return json.Span.Length;
    }
}
