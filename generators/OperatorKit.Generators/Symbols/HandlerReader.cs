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
/// Reads classes that derive from a generated handler. The base class does not exist while the generator runs, so it is
/// known by its name alone, and overrides by theirs.
/// </summary>
internal static class HandlerReader
{
    private const string OwnsAttribute = "OperatorKit.OwnsAttribute`1";

    private static readonly string[] Methods = ["Create", "Update", "Reconcile", "Delete", "Resume"];

    public static bool MayBeHandler(SyntaxNode node) => node is ClassDeclarationSyntax { BaseList.Types.Count: > 0 } type && BaseName(type) is { } name && name.EndsWith("Handler");

    public static HandlerModel? Read(ClassDeclarationSyntax declaration, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (semantics.GetDeclaredSymbol(declaration, cancellationToken) is not { IsAbstract: false, IsGenericType: false, IsStatic: false } type)
            return null;
        var handles = Handled(type);
        if (handles is null && type.BaseType is { TypeKind: not TypeKind.Error, SpecialType: not SpecialType.System_Object })
            return null; // Something else that is called a handler.
        if (type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal))
            return null;
        var hooks = Resource(type, BaseName(declaration)!, semantics.Compilation) is { } resource
            ? new HookReader(type, resource, semantics.Compilation, static (_, _, _) => { }, cancellationToken)
            : null;
        return new HandlerModel
        {
            Name = type.Name,
            Namespace = Naming.Namespace(type),
            CSharp = TypeReader.CSharpName(type),
            IsPublic = TypeReader.IsPublic(type),
            Handler = BaseName(declaration)!,
            Handles = handles,
            Overrides = Overrides(type).ToEquatableArray(),
            Owns = Owned(type).ToEquatableArray(),
            Services = Services(type).ToEquatableArray(),
            Hooks = hooks?.Hooks().ToEquatableArray() ?? [],
            Filters = hooks?.Filters().ToEquatableArray() ?? [],
        };
    }

    /// <summary>The kind of a handler that was generated with its record into another assembly.</summary>
    private static HandledKind? Handled(INamedTypeSymbol type)
    {
        var handler = type.AllInterfaces.FirstOrDefault(static i => i.OriginalDefinition.FullName() == "OperatorKit.IResourceHandler`1");
        return handler?.TypeArguments[0] is INamedTypeSymbol kind && Describe(kind) is { IsKnown: true } known
            ? new HandledKind(known.CSharp, known.Group, known.Plural, known.IsClusterScoped, kind.BaseType?.TypeArguments.Length > 1)
            {
                BringsDefinition = !SymbolEqualityComparer.Default.Equals(kind.ContainingAssembly, type.ContainingAssembly)
                    && kind.GetMembers(ManifestEmitter.DefinitionConstant).OfType<IFieldSymbol>().Any(),
            }
            : null;
    }

    /// <summary>The record of the kind: of another assembly by the handler's interface, of this one by the handler's name, in the same namespace where several have it.</summary>
    private static INamedTypeSymbol? Resource(INamedTypeSymbol type, string handler, Compilation compilation)
    {
        if (type.AllInterfaces.FirstOrDefault(static i => i.OriginalDefinition.FullName() == "OperatorKit.IResourceHandler`1") is { } known)
            return known.TypeArguments[0] as INamedTypeSymbol;
        var records = compilation.GetSymbolsWithName(handler.Substring(0, handler.Length - "Handler".Length), SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(static r => r.HasAttribute(Attributes.KubernetesResource)).ToList();
        return records.Find(r => Naming.Namespace(r) == Naming.Namespace(type)) ?? records.FirstOrDefault();
    }

    private static string? BaseName(ClassDeclarationSyntax declaration) => declaration.BaseList!.Types[0].Type switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax { Right: IdentifierNameSyntax name } => name.Identifier.ValueText,
        AliasQualifiedNameSyntax { Name: IdentifierNameSyntax name } => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Always in the same order, whatever order the methods are written in.</summary>
    private static IEnumerable<string> Overrides(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(type.GetMembers().OfType<IMethodSymbol>()
            .Where(static m => m.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.OverrideKeyword)))
            .Select(static m => m.Name));
        return Methods.Where(name => names.Contains($"On{name}Async"));
    }

    private static IEnumerable<OwnedModel> Owned(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is not { IsGenericType: true } owns || owns.OriginalDefinition.FullName() != OwnsAttribute)
                continue;
            if (owns.TypeArguments[0] is INamedTypeSymbol kind && Describe(kind) is { } owned)
                yield return owned;
        }
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
