using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Diagnostics;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads a record with <c>[KubernetesResource]</c> into the model that every output is made from. The analyzers read with it too, so that the two never disagree.</summary>
internal static class ResourceReader
{
    /// <summary>The API server refuses a longer <c>deprecationWarning</c>.</summary>
    private const int MaxDeprecationWarning = 256;

    /// <summary>Reads a record. What is wrong goes to <paramref name="report"/>.</summary>
    /// <returns>The model; null where too little is right to have one.</returns>
    public static ResourceModel? Read(INamedTypeSymbol record, Compilation compilation, ProblemSink report, CancellationToken cancellationToken)
        => Read(record, new TypeReader(compilation, report, cancellationToken));

    /// <summary>Reads a record and leaves the places of its members in <paramref name="types"/>.</summary>
    public static ResourceModel? Read(INamedTypeSymbol record, TypeReader types)
    {
        var (report, cancellationToken) = (types.Report, types.CancellationToken);
        if (record.Attribute(Attributes.KubernetesResource) is not { } attribute)
            return null;
        types.Visit(record);
        var location = record.Locations.FirstOrDefault();
        CheckShape(record, report, location);
        var identity = ResourceIdentity.Read(record, attribute);
        identity.Check(report, attribute.Location() ?? location, record);
        if (Root(record) is not { } root)
        {
            report(RootRule.Descriptor, location, record.Name);
            return null;
        }

        if (Part(types, root, 0, location) is not { } spec)
            return null;
        var status = root.TypeArguments.Length > 1 ? Part(types, root, 1, location) : null;
        if (root.TypeArguments.Length > 1 && status is null)
            return null;

        var obsolete = record.Attribute("System.ObsoleteAttribute");
        if (obsolete?.Argument(0) is string { Length: > MaxDeprecationWarning } warning)
            report(RoleRule.Descriptor, obsolete.Location() ?? location, "Obsolete", record.Name, $"a record with a text of at most {MaxDeprecationWarning} characters, not of {warning.Length}");
        var model = new ResourceModel
        {
            Name = record.Name,
            Namespace = Naming.Namespace(record),
            IsPublic = TypeReader.IsPublic(record),
            Group = identity.Group,
            Version = identity.Version,
            Kind = identity.Kind,
            Plural = identity.Plural,
            Singular = identity.Singular,
            ShortNames = attribute.NamedStrings("ShortNames").ToEquatableArray(),
            Categories = attribute.NamedStrings("Categories").ToEquatableArray(),
            IsClusterScoped = attribute.Named("Scope") is 1,
            IsServed = attribute.Named("Served") is not false,
            IsStorage = attribute.Named("Storage") is not false,
            IsDeprecated = obsolete is not null,
            DeprecationWarning = obsolete?.Argument(0) as string,
            Description = Documentation.Summary(record, cancellationToken),
            Spec = spec,
            Status = status,
            Rules = RuleReader.Read(record, []).ToEquatableArray(),
            Labels = Pairs(record, "OperatorKit.DefinitionLabelAttribute"),
            Annotations = Pairs(record, "OperatorKit.DefinitionAnnotationAttribute"),
            Types = types.Types,
        };
        RuleCheck.Run(model, types, location);
        return new RoleReader(model, types, location).Complete(record);
    }

    private static void CheckShape(INamedTypeSymbol record, ProblemSink report, Location? location)
    {
        var declarations = record.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).OfType<TypeDeclarationSyntax>();
        var missing = new List<string>();
        if (!record.IsSealed)
            missing.Add("sealed");
        if (!declarations.All(static d => d.Modifiers.Any(SyntaxKind.PartialKeyword)))
            missing.Add("partial");
        if (!record.IsRecord)
            missing.Add("a record");
        if (record.ContainingType is not null)
            missing.Add("outside any other type");
        if (record.IsGenericType)
            missing.Add("without type parameters");
        if (record.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal))
            missing.Add("public or internal");
        if (missing.Count > 0)
            report(ShapeRule.Descriptor, location, record.Name, string.Join(", ", missing));
    }

    /// <summary>The <c>CustomResource</c> that the record derives from.</summary>
    private static INamedTypeSymbol? Root(INamedTypeSymbol record)
        => record.BaseType is { } root && root.OriginalDefinition.FullName() is "OperatorKit.CustomResource`1" or "OperatorKit.CustomResource`2" ? record.BaseType : null;

    private static string? Part(TypeReader types, INamedTypeSymbol root, int index, Location? location)
    {
        if (root.TypeArguments[index] is not INamedTypeSymbol { TypeKind: not TypeKind.Error } type)
            return null;
        if (type is { IsAbstract: false, IsGenericType: false, TypeKind: TypeKind.Class })
            return types.ReadObject(type, index == 0 ? "Spec" : "Status", location)?.Name;
        types.Report(MemberTypeRule.Descriptor, location, index == 0 ? "Spec" : "Status", type.ToDisplayString(), "use a sealed record");
        return null;
    }

    private static EquatableArray<Pair> Pairs(INamedTypeSymbol record, string attribute)
        => record.GetAttributes().Where(a => a.AttributeClass.Is(attribute))
            .Select(static a => new Pair(a.Argument(0) as string ?? "", a.Argument(1) as string ?? ""))
            .ToEquatableArray();
}
