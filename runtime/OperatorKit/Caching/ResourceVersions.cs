namespace OperatorKit.Caching;

/// <summary>
/// Resource versions of one kind are numbers that grow with each write, and clients may compare them
/// (https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version).
/// </summary>
internal static class ResourceVersions
{
    /// <summary>Which of two versions is later. Null or empty is before all others.</summary>
    public static int Compare(string? left, string? right)
    {
        var byLength = (left?.Length ?? 0).CompareTo(right?.Length ?? 0);
        return byLength != 0 ? byLength : string.CompareOrdinal(left, right);
    }

    public static string? Later(string? left, string? right) => Compare(left, right) >= 0 ? left : right;
}
