using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads attributes by their full names.</summary>
internal static class Attributes
{
    public const string KubernetesResource = "OperatorKit.KubernetesResourceAttribute";

    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
        => symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass.FullName() == fullName);

    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;

    /// <summary>Namespace, containing types and name, without type arguments.</summary>
    public static string FullName(this ITypeSymbol? type)
    {
        if (type is null)
            return "";
        var name = type.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = outer.MetadataName + "." + name;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + name : name;
    }

    /// <summary>A constructor argument; null where there is none or it is null.</summary>
    public static object? Argument(this AttributeData attribute, int index)
        => index < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array } constant ? constant.Value : null;

    /// <summary>A named argument; null where there is none or it is null.</summary>
    public static object? Named(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
                return argument.Value.Value;
        }

        return null;
    }

    /// <summary>A named argument that is an array of strings; empty where there is none.</summary>
    public static IEnumerable<string> NamedStrings(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false })
                return argument.Value.Values.Select(static v => v.Value as string ?? "");
        }

        return [];
    }

    /// <summary>The values of the first constructor argument, an array (a <c>params</c> one, for the most part).</summary>
    public static IEnumerable<TypedConstant> ArrayArgument(this AttributeData attribute)
        => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } array, ..] ? array.Values : [];

    public static Location? Location(this AttributeData attribute)
        => attribute.ApplicationSyntaxReference is { } reference ? Microsoft.CodeAnalysis.Location.Create(reference.SyntaxTree, reference.Span) : null;
}
