using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads <c>[Rbac]</c>.</summary>
internal static class RightReader
{
    public const string FullName = "OperatorKit.RbacAttribute";

    public static RightModel Read(AttributeData attribute)
    {
        var resources = attribute.NamedStrings("Resources").ToEquatableArray();
        return new RightModel
        {
            // A rule on paths has no group.
            Groups = resources.Count == 0 && !attribute.NamedStrings("Groups").Any() ? [] : Groups(attribute).ToEquatableArray(),
            Resources = resources,
            Verbs = attribute.NamedStrings("Verbs").ToEquatableArray(),
            Names = attribute.NamedStrings("ResourceNames").ToEquatableArray(),
            Urls = attribute.NamedStrings("Urls").ToEquatableArray(),
            Namespace = attribute.Named("Namespace") as string,
            RoleName = attribute.Named("RoleName") as string,
        };
    }

    private static IEnumerable<string> Groups(AttributeData attribute)
        => attribute.NamedStrings("Groups").DefaultIfEmpty("").Select(static g => g == "core" ? "" : g);
}
