using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Caching;

/// <summary>Objects for tests of caches.</summary>
internal static class Objects
{
    public static SimpleApp App(string name, int version, string? uid = null, long generation = 1, params V1OwnerReference[] owners) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = "default",
            Uid = uid ?? $"uid-{name}",
            ResourceVersion = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Generation = generation,
            OwnerReferences = owners.Length == 0 ? null : owners,
        },
        Spec = new SimpleAppSpec(),
    };
}
