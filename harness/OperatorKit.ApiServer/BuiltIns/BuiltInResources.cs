using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>The resources that are built in, from the embedded schema data.</summary>
internal static class BuiltInResources
{
    /// <summary>All generally available resources, one entry for all versions of a kind.</summary>
    public static ImmutableArray<ResourceType> All { get; } = Read();

    private static ImmutableArray<ResourceType> Read()
    {
        var byName = new OrderedDictionary<GroupResource, List<JsonObject>>();
        foreach (var resource in SchemaData.Embedded.Resources())
        {
            var name = new GroupResource(resource.StringAt("group")!, resource.StringAt("name")!);
            if (!byName.TryGetValue(name, out var versions))
                byName.Add(name, versions = []);
            versions.Add(resource);
        }

        var types = ImmutableArray.CreateBuilder<ResourceType>(byName.Count);
        foreach (var versions in byName.Values)
        {
            versions.Sort(static (left, right) => string.CompareOrdinal(right.StringAt("version"), left.StringAt("version")));
            types.Add(Type(versions));
        }

        return types.DrainToImmutable();
    }

    private static ResourceType Type(IReadOnlyList<JsonObject> versions)
    {
        var newest = versions[0];
        var (group, plural, kind) = (newest.StringAt("group")!, newest.StringAt("name")!, newest.StringAt("kind")!);
        return new ResourceType
        {
            Group = group,
            Plural = plural,
            Singular = newest.StringAt("singular")!,
            Kind = kind,
            ListKind = kind + "List",
            Namespaced = newest.BoolAt("namespaced") == true,
            ShortNames = [.. newest.Strings("shortNames")],
            Categories = [.. newest.Strings("categories")],
            Versions = [.. versions.Select((resource, i) => Version(resource, isStorage: i == 0))],
            Traits = BuiltInTraits.Of(group, plural, kind, [.. newest.Strings("verbs")]),
        };
    }

    private static ResourceVersion Version(JsonObject resource, bool isStorage)
    {
        var definition = resource.StringAt("definition")!;
        return new ResourceVersion(resource.StringAt("version")!, () => BuiltInSchemas.Definition(definition))
        {
            Storage = isStorage,
            Verbs = [.. resource.Strings("verbs")],
            Subresources = [.. resource.Objects("subresources").Select(Subresource)],
            DeprecationWarning = Deprecation(resource.StringAt("group")!, resource.StringAt("kind")!),
            SelectableFields = FieldLabels.Of(new GroupResource(resource.StringAt("group")!, resource.StringAt("name")!).ToString()),
        };
    }

    private static string? Deprecation(string group, string kind) => (group, kind) switch
    {
        ("", "ComponentStatus") => "v1 ComponentStatus is deprecated in v1.19+",
        ("", "Endpoints") => "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
        _ => null,
    };

    private static Subresource Subresource(JsonObject subresource) =>
        new(subresource.StringAt("name")!, subresource.StringAt("kind")!, [.. subresource.Strings("verbs")])
        {
            Group = subresource.StringAt("group"),
            Version = subresource.StringAt("version"),
            Scale = subresource.StringAt("name") == "scale" ? new ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector") : null,
        };
}
