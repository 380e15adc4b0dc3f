using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Reads classes that derive from a generated handler, at once or through abstract classes. The generated class does not exist while
/// the generator runs, so it is known by its name alone, and overrides by theirs.
/// </summary>
internal static class HandlerReader
{
    private const string Interface = "OperatorKit.IResourceHandler`1";
    private const string OwnsAttribute = "OperatorKit.OwnsAttribute`1";

    private static readonly string[] Methods = ["Create", "Update", "Reconcile", "Delete", "Resume"];

    public static bool MayBeHandler(SyntaxNode node) => node is ClassDeclarationSyntax { BaseList.Types.Count: > 0 };

    public static HandlerModel? Read(ClassDeclarationSyntax declaration, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (semantics.GetDeclaredSymbol(declaration, cancellationToken) is not { IsAbstract: false, IsGenericType: false, IsStatic: false } type)
            return null;
        var classes = Classes(type).ToList();
        if (classes[classes.Count - 1].BaseType is not { } root || !root.Name.EndsWith("Handler", StringComparison.Ordinal))
            return null;
        var handles = Handled(type);
        if (handles is null && root.TypeKind != TypeKind.Error)
            return null; // Something else that is called a handler.
        if (type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal))
            return null;
        var hooks = Resource(type, root.Name, semantics.Compilation) is { } resource
            ? classes.Select(c => new HookReader(c, resource, semantics.Compilation, static (_, _, _) => { }, cancellationToken)).ToList()
            : [];
        return new HandlerModel
        {
            Name = type.Name,
            Namespace = Naming.Namespace(type),
            CSharp = TypeReader.CSharpName(type),
            IsPublic = TypeReader.IsPublic(type),
            Handler = root.Name,
            Handles = handles,
            Overrides = Overrides(classes).ToEquatableArray(),
            Owns = classes.SelectMany(Owned).Select(Describe).Where(static o => o is not null).Select(static o => o!).Distinct().ToEquatableArray(),
            Services = Services(type).ToEquatableArray(),
            Hooks = hooks.SelectMany(static h => h.Hooks()).ToEquatableArray(),
            Filters = hooks.SelectMany(static h => h.Filters()).ToEquatableArray(),
        };
    }

    /// <summary>A handler class and those of the user that it derives from, up to the generated one.</summary>
    public static IEnumerable<INamedTypeSymbol> Classes(INamedTypeSymbol handler)
    {
        for (var current = handler; current is { TypeKind: not TypeKind.Error, SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (current.IsAbstract && current.Interfaces.Any(static i => i.OriginalDefinition.Is(Interface)))
                yield break;
            yield return current;
        }
    }

    /// <summary>Whether classes of other assemblies may derive from a handler, to which the compiler does not even show what is internal here.</summary>
    public static bool MayBeInherited(INamedTypeSymbol handler) => handler.IsAbstract && TypeReader.IsPublic(handler)
        && handler.InstanceConstructors.Any(static c => c.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal);

    /// <summary>The kinds that one of these classes owns.</summary>
    public static IEnumerable<INamedTypeSymbol> Owned(INamedTypeSymbol type) => OwnsAttributes(type).Select(static a => a.AttributeClass!.TypeArguments[0]).OfType<INamedTypeSymbol>();

    public static IEnumerable<AttributeData> OwnsAttributes(INamedTypeSymbol type)
        => type.GetAttributes().Where(static a => a.AttributeClass is { IsGenericType: true } owns && owns.OriginalDefinition.Is(OwnsAttribute));

    /// <summary>The kind that a handler handles, as far as its handler class is compiled; null while that is being generated.</summary>
    public static INamedTypeSymbol? ResourceOf(INamedTypeSymbol handler)
        => handler.AllInterfaces.FirstOrDefault(static i => i.OriginalDefinition.Is(Interface))?.TypeArguments[0] as INamedTypeSymbol;

    /// <summary>The kind of a handler that was generated with its record into another assembly.</summary>
    private static HandledKind? Handled(INamedTypeSymbol type)
        => ResourceOf(type) is { } kind && Describe(kind) is { IsKnown: true } known
            ? new HandledKind(known.CSharp, known.Group, known.Plural, known.IsClusterScoped, kind.BaseType?.TypeArguments.Length > 1)
            {
                BringsDefinition = !SymbolEqualityComparer.Default.Equals(kind.ContainingAssembly, type.ContainingAssembly)
                    && kind.GetMembers(ManifestEmitter.DefinitionConstant).OfType<IFieldSymbol>().Any(),
            }
            : null;

    /// <summary>The record of the kind: of another assembly by the handler's interface, of this one by the handler's name, in the same namespace where several have it.</summary>
    private static INamedTypeSymbol? Resource(INamedTypeSymbol type, string handler, Compilation compilation)
    {
        if (ResourceOf(type) is { } known)
            return known;
        var records = compilation.GetSymbolsWithName(handler.Substring(0, handler.Length - "Handler".Length), SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(static r => r.HasAttribute(Attributes.KubernetesResource)).ToList();
        return records.Find(r => Naming.Namespace(r) == Naming.Namespace(type)) ?? records.FirstOrDefault();
    }

    /// <summary>Always in the same order, whatever order the methods are written in.</summary>
    private static IEnumerable<string> Overrides(IEnumerable<INamedTypeSymbol> classes)
    {
        var names = new HashSet<string>(classes.SelectMany(static c => c.GetMembers().OfType<IMethodSymbol>()).Where(static m => m is { IsOverride: true, IsAbstract: false }).Select(static m => m.Name));
        return Methods.Where(name => names.Contains($"On{name}Async"));
    }

    /// <summary>What the API calls a kind: from its attribute in this assembly, from its constants in others.</summary>
    public static OwnedModel? Describe(INamedTypeSymbol kind)
    {
        if (kind.TypeKind == TypeKind.Error)
            return new OwnedModel(kind.Name, "", "", false);
        if (kind.Attribute(Attributes.KubernetesResource) is { } attribute)
        {
            var identity = ResourceIdentity.Read(kind, attribute);
            return new OwnedModel(TypeReader.CSharpName(kind), identity.Group, identity.Plural, attribute.Named("Scope") is 1);
        }

        return Constant("KubePluralName") is { } plural ? new OwnedModel(TypeReader.CSharpName(kind), Constant("KubeGroup") ?? "", plural, Constant("KubeScope") == "Cluster") : null;

        string? Constant(string name) => kind.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as string;
    }

    /// <summary>The types of the parameters of the constructor that takes the most.</summary>
    public static IEnumerable<string> Services(INamedTypeSymbol type)
    {
        var constructor = type.InstanceConstructors.Where(static c => c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
            .OrderByDescending(static c => c.Parameters.Length).FirstOrDefault();
        return constructor is null ? [] : constructor.Parameters.Select(static p => p.Type.TypeKind == TypeKind.Error ? Written(p) : TypeReader.CSharpName(p.Type));
    }

    /// <summary>A generated type has no symbol yet; its name resolves beside the class.</summary>
    private static string Written(IParameterSymbol parameter)
        => (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type?.ToString() ?? "object";
}
