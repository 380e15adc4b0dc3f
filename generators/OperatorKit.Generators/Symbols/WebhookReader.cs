using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads classes that derive from <c>AdmissionWebhook</c>: the kind, the overrides and their <c>[Webhook]</c> attributes.</summary>
internal static class WebhookReader
{
    public const string Root = "OperatorKit.AdmissionWebhook`1";
    public const string Attribute = "OperatorKit.WebhookAttribute";

    private const string Condition = "OperatorKit.MatchConditionAttribute";

    public static bool MayBeWebhook(SyntaxNode node) => node is ClassDeclarationSyntax { BaseList.Types.Count: > 0 };

    public static WebhookModel? Read(ClassDeclarationSyntax declaration, SemanticModel semantics, CancellationToken cancellationToken)
        => semantics.GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol type ? Read(type) : null;

    /// <summary>The kind of a webhook; null for any other class.</summary>
    public static INamedTypeSymbol? ResourceOf(INamedTypeSymbol type)
        => Classes(type).Select(static c => c.BaseType!).FirstOrDefault(static b => b.OriginalDefinition.Is(Root))?.TypeArguments[0] as INamedTypeSymbol;

    /// <summary>An override of one of the two methods.</summary>
    public static IMethodSymbol? Override(INamedTypeSymbol type, string name)
        => Classes(type).SelectMany(c => c.GetMembers(name)).OfType<IMethodSymbol>().FirstOrDefault(static m => m is { IsOverride: true, IsAbstract: false });

    /// <summary>The attribute that says how a method is asked: its own, or that of the class or of one that it derives from.</summary>
    public static AttributeData? AttributeOf(INamedTypeSymbol type, IMethodSymbol method)
        => method.Attribute(Attribute) ?? Classes(type).Select(static c => c.Attribute(Attribute)).FirstOrDefault(static a => a is not null);

    public static WebhookCall Call(INamedTypeSymbol type, IMethodSymbol method)
    {
        var conditions = ConditionsOf(type, method).Select(static c => new Pair(c.Argument(0) as string ?? "", c.Argument(1) as string ?? "")).ToEquatableArray();
        if (AttributeOf(type, method) is not { } attribute)
            return new WebhookCall { MatchConditions = conditions };
        return new WebhookCall
        {
            Operations = attribute.Named("Operations") as int? ?? 3,
            FailurePolicy = attribute.Named("FailurePolicy") is 1 ? "Ignore" : "Fail",
            MatchPolicy = attribute.Named("MatchPolicy") is 1 ? "Exact" : "Equivalent",
            SideEffects = attribute.Named("SideEffects") is 1 ? "NoneOnDryRun" : "None",
            TimeoutSeconds = attribute.Named("TimeoutSeconds") as int? ?? 10,
            Reinvoke = attribute.Named("Reinvoke") is true,
            Subresources = attribute.NamedStrings("Subresources").ToEquatableArray(),
            NamespaceSelector = Selector(attribute, "NamespaceSelector"),
            ObjectSelector = Selector(attribute, "ObjectSelector"),
            MatchConditions = conditions,
        };
    }

    /// <summary>The conditions of a method: those of its classes, and its own.</summary>
    public static IEnumerable<AttributeData> ConditionsOf(INamedTypeSymbol type, IMethodSymbol method)
        => Classes(type).Cast<ISymbol>().Append(method).SelectMany(static s => s.GetAttributes()).Where(static a => a.AttributeClass.Is(Condition));

    private static EquatableArray<LabelRequirement> Selector(AttributeData attribute, string name)
        => attribute.Named(name) is string text && LabelSelector.Parse(text, out _) is { } requirements ? requirements.ToEquatableArray() : [];

    private static WebhookModel? Read(INamedTypeSymbol type)
    {
        if (type is { IsAbstract: true } or { IsGenericType: true } || type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal))
            return null;
        if (ResourceOf(type) is not { } resource || HandlerReader.Describe(resource) is not { IsKnown: true } kind)
            return null;
        var (version, name) = resource.Attribute(Attributes.KubernetesResource) is { } attribute
            ? (ResourceIdentity.Read(resource, attribute).Version, ResourceIdentity.Read(resource, attribute).Kind)
            : (Constant(resource, "KubeApiVersion"), Constant(resource, "KubeKind"));
        return new WebhookModel
        {
            Name = type.Name,
            Namespace = Naming.Namespace(type),
            CSharp = TypeReader.CSharpName(type),
            IsPublic = TypeReader.IsPublic(type),
            Resource = kind,
            Version = version,
            Kind = name,
            Validating = Override(type, "ValidateAsync") is { } validate ? Call(type, validate) : null,
            Mutating = Override(type, "MutateAsync") is { } mutate ? Call(type, mutate) : null,
            Services = HandlerReader.Services(type).ToEquatableArray(),
        };
    }

    /// <summary>A class and those that it derives from, up to <c>AdmissionWebhook</c> or to the end.</summary>
    private static IEnumerable<INamedTypeSymbol> Classes(INamedTypeSymbol type)
    {
        for (var current = type; current.BaseType is { } root && !current.OriginalDefinition.Is(Root); current = root)
            yield return current;
    }

    private static string Constant(INamedTypeSymbol kind, string name) => kind.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as string ?? "";
}
