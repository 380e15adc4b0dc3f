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

    public static bool MayBeWebhook(SyntaxNode node)
        => node is ClassDeclarationSyntax { BaseList.Types: [{ Type: var root }, ..] } && (root is QualifiedNameSyntax name ? name.Right : root) is GenericNameSyntax { Identifier.ValueText: "AdmissionWebhook" };

    public static WebhookModel? Read(ClassDeclarationSyntax declaration, SemanticModel semantics, CancellationToken cancellationToken)
        => semantics.GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol type ? Read(type) : null;

    /// <summary>The kind of a webhook; null for any other class.</summary>
    public static INamedTypeSymbol? ResourceOf(INamedTypeSymbol type)
        => type.BaseType is { } root && root.OriginalDefinition.FullName() == Root ? root.TypeArguments[0] as INamedTypeSymbol : null;

    /// <summary>An override of one of the two methods.</summary>
    public static IMethodSymbol? Override(INamedTypeSymbol type, string name) => type.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(static m => m.IsOverride);

    public static WebhookCall Call(INamedTypeSymbol type, IMethodSymbol method)
    {
        if ((method.Attribute(Attribute) ?? type.Attribute(Attribute)) is not { } attribute)
            return new WebhookCall();
        return new WebhookCall
        {
            Operations = attribute.Named("Operations") as int? ?? 3,
            FailurePolicy = attribute.Named("FailurePolicy") is 1 ? "Ignore" : "Fail",
            MatchPolicy = attribute.Named("MatchPolicy") is 1 ? "Exact" : "Equivalent",
            SideEffects = attribute.Named("SideEffects") is 1 ? "NoneOnDryRun" : "None",
            TimeoutSeconds = attribute.Named("TimeoutSeconds") as int? ?? 10,
            Reinvoke = attribute.Named("Reinvoke") is true,
            Subresources = attribute.NamedStrings("Subresources").ToEquatableArray(),
        };
    }

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

    private static string Constant(INamedTypeSymbol kind, string name) => kind.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as string ?? "";
}
