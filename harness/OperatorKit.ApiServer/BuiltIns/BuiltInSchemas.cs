using System.Collections.Concurrent;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>The schemas of the built-in kinds and of everything inside them, read on first use and kept for the process.</summary>
internal static class BuiltInSchemas
{
    private const string Api = "io.k8s.api.";
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private static readonly ConcurrentDictionary<string, StructuralSchema> Schemas = new(StringComparer.Ordinal);

    public static StructuralSchema ObjectMeta => Definition(Meta + "ObjectMeta");

    /// <summary>The schema of a definition by its OpenAPI name.</summary>
    /// <exception cref="ArgumentException">There is no such definition.</exception>
    public static StructuralSchema Definition(string name) => Schemas.GetOrAdd(name, static name => SchemaDataReader.Read(
        name,
        SchemaData.Embedded.Definition(name) ?? throw new ArgumentException($"There is no built-in definition '{name}'.", nameof(name))));

    /// <summary>The schema of a kind, stored or not (DeleteOptions, Scale, Eviction), or null where the kind is not built in.</summary>
    public static StructuralSchema? Find(string group, string version, string kind)
    {
        var name = NameOf(group, version, kind);
        return SchemaData.Embedded.Contains(name) ? Definition(name) : null;
    }

    private static string NameOf(string group, string version, string kind) => group switch
    {
        "" when kind is "DeleteOptions" or "Status" or "WatchEvent" or "APIResourceList" or "APIGroup" or "APIGroupList" or "APIVersions" => Meta + kind,
        "" => $"{Api}core.{version}.{kind}",
        "meta.k8s.io" => Meta + kind,
        "apiextensions.k8s.io" => $"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.{version}.{kind}",
        "apiregistration.k8s.io" => $"io.k8s.kube-aggregator.pkg.apis.apiregistration.{version}.{kind}",
        _ => $"{Api}{(group.IndexOf('.') is var dot and > 0 ? group[..dot] : group)}.{version}.{kind}",
    };
}
