using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads attributes by their full names.</summary>
internal static class Attributes
{
    public const string KubernetesResource = "OperatorKit.KubernetesResourceAttribute";

    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Is(fullName))
                return attribute;
        }

        return null;
    }

    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;

    /// <summary>Whether a type has this <see cref="FullName"/>, without putting that together: most types are asked often.</summary>
    public static bool Is(this ITypeSymbol? type, string fullName)
    {
        var end = fullName.Length;
        for (INamespaceOrTypeSymbol? symbol = type; symbol is not null and not INamespaceSymbol { IsGlobalNamespace: true }; symbol = symbol.ContainingType ?? (INamespaceOrTypeSymbol?)symbol.ContainingNamespace)
        {
            var name = symbol.MetadataName;
            var start = end - name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, name, 0, name.Length) != 0)
                return false;
            if (start == 0)
                return symbol.ContainingType is null && symbol.ContainingNamespace is null or { IsGlobalNamespace: true };
            if (fullName[start - 1] != '.')
                return false;
            end = start - 1;
        }

        return false;
    }

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
