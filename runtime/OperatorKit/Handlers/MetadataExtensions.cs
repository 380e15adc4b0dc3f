namespace OperatorKit;

/// <summary>Questions about labels and annotations, for predicates.</summary>
public static class MetadataExtensions
{
    /// <summary>Whether an object has a label.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="key">The label.</param>
    /// <param name="values">The values that count. Default: any.</param>
    /// <returns>Whether it has.</returns>
    public static bool HasLabel(this IKubernetesObject resource, string key, params ReadOnlySpan<string> values)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Has(resource.Metadata.Labels, key, values);
    }

    /// <summary>Whether an object has an annotation.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="key">The annotation.</param>
    /// <param name="values">The values that count. Default: any.</param>
    /// <returns>Whether it has.</returns>
    public static bool HasAnnotation(this IKubernetesObject resource, string key, params ReadOnlySpan<string> values)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Has(resource.Metadata.Annotations, key, values);
    }

    private static bool Has(IDictionary<string, string>? pairs, string key, ReadOnlySpan<string> values) =>
        pairs is not null && pairs.TryGetValue(key, out var value) && (values.IsEmpty || values.Contains(value));
}
