using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>A path of C# members from a spec to one of its members.</summary>
internal sealed class FieldPath
{
    private readonly List<IPropertySymbol> _members = [];

    private FieldPath(string? wrong, string? within, IEnumerable<string> choices)
    {
        Wrong = wrong;
        Within = within;
        Choices = [.. choices];
    }

    /// <summary>The first name that is no member; null where all are.</summary>
    public string? Wrong { get; }

    /// <summary>The type that has no such member.</summary>
    public string? Within { get; }

    /// <summary>The members that it has.</summary>
    public IReadOnlyList<string> Choices { get; }

    private IPropertySymbol Leaf => _members[_members.Count - 1];

    private bool MayBeMissing => _members.Take(_members.Count - 1).Any(static m => IsNullable(m.Type));

    public static FieldPath Follow(INamedTypeSymbol spec, string path)
    {
        var members = new List<IPropertySymbol>();
        ITypeSymbol type = spec;
        foreach (var name in path.Split('.'))
        {
            var properties = Properties(Unwrap(type)).ToList();
            if (properties.Find(p => p.Name == name) is not { } member)
                return new FieldPath(name.Length == 0 ? path : name, Unwrap(type).Name, properties.Select(static p => p.Name));
            members.Add(member);
            type = member.Type;
        }

        var found = new FieldPath(null, null, []);
        found._members.AddRange(members);
        return found;
    }

    /// <summary>Whether the change of the member can be handed to a method that takes a change of this type.</summary>
    public bool Fits(ITypeSymbol wanted)
    {
        var (actual, other) = (TypeReader.CSharpName(Leaf.Type), TypeReader.CSharpName(wanted));
        return Leaf.Type.IsValueType && !IsNullable(Leaf.Type) && MayBeMissing ? other == actual + "?" : other == actual || (Leaf.Type.IsValueType && other == actual + "?");
    }

    /// <summary>The member's type as a method has to take it.</summary>
    public string Wanted() => Leaf.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + (MayBeMissing && !IsNullable(Leaf.Type) ? "?" : "");

    /// <summary>How to read and compare the member.</summary>
    /// <param name="wanted">The type that a method takes; null where it takes no change.</param>
    /// <param name="resource">The kind.</param>
    /// <param name="compilation">Where to look up types.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public FieldModel ToModel(ITypeSymbol? wanted, INamedTypeSymbol resource, Compilation compilation, CancellationToken cancellationToken)
    {
        var expression = "o.Spec";
        var dot = ".";
        foreach (var member in _members)
        {
            expression += dot + member.Name;
            dot = IsNullable(member.Type) ? "?." : ".";
        }

        var isForeign = !SymbolEqualityComparer.Default.Equals(resource.ContainingAssembly, compilation.Assembly);
        var type = wanted is not null ? Annotated(wanted) : Annotated(Leaf.Type) + (MayBeMissing && !IsNullable(Leaf.Type) ? "?" : "");
        var model = new TypeReader(compilation, static (_, _, _) => { }, cancellationToken).Read(Leaf.Type, Leaf.Name, null);
        var comparison = model is null ? "" : isForeign && NeedsJson(model) ? $", [{Place()}]" : ChangeEmitter.Comparer(model);
        return new FieldModel(type, Leaf.Type.IsValueType ? expression : $"{{ var value = {expression}; return value!; }}", comparison);
    }

    /// <summary>The member in the JSON of the object: of a kind of another assembly that is all that can be had.</summary>
    private string Place() => string.Join(", ", _members.Select(MemberReader.JsonNameOf).Prepend("spec").Select(Literals.Quote));

    /// <summary>Whether comparing values takes the JSON of a type of the user, which is not visible outside its assembly.</summary>
    private static bool NeedsJson(TypeRef type) => type.Json is not null && type.Shape != Shape.Enum ? !type.Json.StartsWith("global::OperatorKit.") : type.Item is not null && HasJson(type.Item);

    private static bool HasJson(TypeRef type) => (type.Json is { } json && !json.StartsWith("global::OperatorKit.")) || (type.Item is not null && HasJson(type.Item));

    private static string Annotated(ITypeSymbol type)
        => TypeReader.CSharpName(type) + (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "?" : "");

    private static IEnumerable<IPropertySymbol> Properties(ITypeSymbol type)
    {
        for (var declaring = type as INamedTypeSymbol; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var property in declaring.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public })
                    yield return property;
            }
        }
    }

    private static ITypeSymbol Unwrap(ITypeSymbol type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static bool IsNullable(ITypeSymbol type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } or { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
}
