using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>Adds what Kubernetes demands of shared types and their C# declarations do not say.</summary>
internal static class KnownTypes
{
    public static TypeSchema Refine(INamedTypeSymbol type, TypeSchema schema) => type.FullName() switch
    {
        "OperatorKit.Models.V1Condition" => Condition(schema),
        _ when Naming.Namespace(type) == "OperatorKit.Models" && type.Locations.Any(static l => l.IsInMetadata) => BuiltInFacts.Refine(type.Name, schema),
        _ => schema,
    };

    /// <summary>What shared members are for; the documentation of a reference is there in a package and not in a project.</summary>
    public static string? Description(IPropertySymbol property) => !property.ContainingType.Is("OperatorKit.ResourceStatus") ? null : property.Name switch
    {
        "ObservedGeneration" => "The generation of the object that the operator dealt with last.",
        "Conditions" => "Conditions of the object, one a type.",
        _ => null,
    };

    /// <summary>The JSON name of a member of a built-in type whose C# name had to differ, as in <c>NamespaceProperty</c>.</summary>
    public static string? JsonName(IPropertySymbol property)
        => property.Name.EndsWith("Property", System.StringComparison.Ordinal)
            && property.ContainingType.FullName().StartsWith("OperatorKit.Models.V", System.StringComparison.Ordinal)
                ? Naming.JsonName(property.Name.Substring(0, property.Name.Length - "Property".Length))
                : null;

    /// <summary>The limits of metav1.Condition, as the API conventions have them.</summary>
    private static TypeSchema Condition(TypeSchema schema) => schema with
    {
        Keys = ["type"],
        Members = schema.Members.Select(static m => m.JsonName switch
        {
            "type" => m with
            {
                IsRequired = true,
                Description = "What the condition is about, in CamelCase.",
                Constraints = new Constraints
                {
                    MaxLength = 316,
                    Pattern = @"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                },
            },
            "status" => m with
            {
                IsRequired = true,
                Description = "Whether it holds.",
                Constraints = new Constraints { Allowed = ["True", "False", "Unknown"] },
            },
            "reason" => m with
            {
                IsRequired = true,
                Description = "Why, as one CamelCase word for programs.",
                Constraints = new Constraints { MinLength = 1, MaxLength = 1024, Pattern = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$" },
            },
            "message" => m with
            {
                IsRequired = true,
                Description = "Why, for people; may be empty.",
                Constraints = new Constraints { MaxLength = 32768 },
            },
            "lastTransitionTime" => m with { IsRequired = true, Description = "When the status changed last." },
            "observedGeneration" => m with
            {
                Description = "The generation of the object that the condition was computed from.",
                Constraints = new Constraints { Minimum = 0 },
            },
            _ => m,
        }).ToEquatableArray(),
    };
}
