using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Conversions;

/// <summary>A method with <c>[Converts]</c>.</summary>
/// <param name="Type">Its class, as C# spells it anywhere.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">The type that it converts.</param>
/// <param name="To">The type that it gives.</param>
/// <param name="TakesMapped">Whether it completes what the generator has mapped, rather than converting all.</param>
internal sealed record ConversionMethod(string Type, string Name, string From, string To, bool TakesMapped)
{
    public const string Attribute = "OperatorKit.ConvertsAttribute";

    public string CSharp => Type + "." + Name;

    /// <summary>Reads a method; null where it cannot be called, which is a diagnostic.</summary>
    public static ConversionMethod? Read(IMethodSymbol method)
    {
        if (ShapeProblem(method) is not null)
            return null;
        return new ConversionMethod(
            TypeReader.CSharpName(method.ContainingType),
            method.Name,
            TypeReader.CSharpName(method.Parameters[0].Type),
            TypeReader.CSharpName(method.ReturnType),
            method.Parameters.Length == 2);
    }

    /// <summary>What keeps the generated code from calling a method; null where nothing does.</summary>
    public static string? ShapeProblem(IMethodSymbol method)
    {
        if (!method.IsStatic || method.IsGenericMethod)
            return "make it static, without type parameters";
        if (method.ReturnsVoid || method.Parameters.Length is not (1 or 2) || method.Parameters.Any(static p => p.RefKind != RefKind.None))
            return "give it one parameter, what is converted, or a second one with what is mapped already, and return the result";
        if (method.Parameters.Length == 2 && !SymbolEqualityComparer.Default.Equals(method.Parameters[1].Type, method.ReturnType))
            return "its second parameter must be of the type that it returns";
        return null;
    }
}
