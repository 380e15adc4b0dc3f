using System.Collections.Immutable;
using OperatorKit.ApiServer.Discovery;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>Makes a resource type of an established definition.</summary>
internal static class DefinitionReader
{
    private static readonly ImmutableArray<string> Verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
    private static readonly ImmutableArray<string> SubresourceVerbs = ["get", "patch", "update"];

    public static ResourceType Read(JsonObject definition)
    {
        var names = definition.ObjectAt("status", "acceptedNames") ?? JsonObject.Empty;
        var kind = names.StringAt("kind") ?? "";
        var group = definition.StringAt("spec", "group") ?? "";
        var versions = definition.ArrayAt("spec", "versions")?.OfType<JsonObject>() ?? [];
        return new ResourceType
        {
            Group = group,
            Plural = names.StringAt("plural") ?? "",
            Singular = names.StringAt("singular") ?? "",
            Kind = kind,
            ListKind = names.StringAt("listKind") ?? kind + "List",
            Namespaced = definition.StringAt("spec", "scope") == "Namespaced",
            ShortNames = Texts(names, "shortNames"),
            Categories = Texts(names, "categories"),
            Versions = [.. versions.Select(version => Version(version, group, kind, definition)).OrderBy(static version => version.Name, VersionOrder.NewestFirst)],
            Traits = ResourceTraits.CustomResource with { StatusMetadata = StatusMetadataRule.Nothing },
            Origin = new CustomResourceOrigin(
                definition.StringAt("metadata", "name")!,
                definition.StringAt("metadata", "uid")!,
                definition.ObjectAt("spec", "conversion"),
                definition.StringAt("metadata", "deletionTimestamp") is not null)
            {
                Content = JsonObject.Of(("spec", definition["spec"]!), ("names", names)),
            },
        };
    }

    private static ResourceVersion Version(JsonObject version, string group, string kind, JsonObject definition)
    {
        var name = version.StringAt("name") ?? "";
        var schema = version.ObjectAt("schema", "openAPIV3Schema") ?? JsonObject.Empty;
        return new ResourceVersion(name, () => StructuralSchemaReader.Read(schema))
        {
            Served = version.BoolAt("served") == true,
            Storage = version.BoolAt("storage") == true,
            Verbs = Verbs,
            Subresources = [.. Subresources(version, kind)],
            PrinterColumns = version.ArrayAt("additionalPrinterColumns"),
            SelectableFields = [.. version.ArrayAt("selectableFields")?.OfType<JsonObject>().Select(static field => (field.StringAt("jsonPath") ?? "").TrimStart('.')) ?? []],
            DeprecationWarning = version.BoolAt("deprecated") != true ? null : version.StringAt("deprecationWarning") ?? Deprecation(name, group, kind, definition),
        };
    }

    private static string Deprecation(string version, string group, string kind, JsonObject definition)
    {
        var newer = definition.ArrayAt("spec", "versions")!.OfType<JsonObject>()
            .Where(static other => other.BoolAt("served") == true && other.BoolAt("deprecated") != true)
            .Select(static other => other.StringAt("name")!)
            .Where(other => VersionOrder.NewestFirst.Compare(other, version) < 0)
            .Order(VersionOrder.NewestFirst)
            .FirstOrDefault();
        return $"{group}/{version} {kind} is deprecated" + (newer is null ? "" : $"; use {group}/{newer} {kind}");
    }

    private static IEnumerable<Subresource> Subresources(JsonObject version, string kind)
    {
        if (version.ObjectAt("subresources", "status") is not null)
            yield return new Subresource("status", kind, SubresourceVerbs);
        if (version.ObjectAt("subresources", "scale") is { } scale)
        {
            yield return new Subresource("scale", "Scale", SubresourceVerbs)
            {
                Group = "autoscaling",
                Version = "v1",
                Scale = new ScalePaths(scale.StringAt("specReplicasPath") ?? "", scale.StringAt("statusReplicasPath") ?? "", scale.StringAt("labelSelectorPath")),
            };
        }
    }

    private static ImmutableArray<string> Texts(JsonObject names, string list) => [.. names.ArrayAt(list)?.OfType<JsonString>().Select(static text => text.Value) ?? []];
}
