using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads the members of one type: name, type, whether it is required, default, documentation and constraints.</summary>
internal sealed class MemberReader(TypeReader types)
{
    /// <summary>The members that have a JSON form, inherited ones first.</summary>
    public IReadOnlyList<MemberSchema> ReadMembers(INamedTypeSymbol type)
    {
        var members = new List<MemberSchema>();
        foreach (var property in Properties(type))
        {
            types.CancellationToken.ThrowIfCancellationRequested();
            if (Read(type, property) is not { } member)
                continue;
            if (members.Find(m => m.JsonName == member.JsonName) is { } same)
                types.Report(JsonNameRule.Descriptor, LocationOf(property), property.Name, same.Name, member.JsonName);
            members.Add(member);
        }

        return members;
    }

    /// <summary>The properties that a type has, those of its base types first.</summary>
    public static IReadOnlyList<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
            chain.Push(current);
        var overridden = new HashSet<string>();
        var found = new List<IPropertySymbol>();
        foreach (var current in chain)
        {
            foreach (var property in InSourceOrder(current.GetMembers().OfType<IPropertySymbol>()))
            {
                if (property is not { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } || IsIgnored(property))
                    continue;
                if (overridden.Add(property.Name))
                    found.Add(property);
                else
                    found[found.FindIndex(p => p.Name == property.Name)] = property;
            }
        }

        return found;
    }

    /// <summary>Partial declarations come in the order of their files, whatever order the compiler got them in.</summary>
    private static IEnumerable<IPropertySymbol> InSourceOrder(IEnumerable<IPropertySymbol> properties)
        => properties.OrderBy(static p => p.Locations.FirstOrDefault()?.SourceTree?.FilePath ?? "", System.StringComparer.Ordinal)
            .ThenBy(static p => p.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0);

    private static bool IsIgnored(IPropertySymbol property)
        => property.Attribute("System.Text.Json.Serialization.JsonIgnoreAttribute") is { } ignore && ignore.Named("Condition") is null or 1;

    private MemberSchema? Read(INamedTypeSymbol type, IPropertySymbol property)
    {
        var location = LocationOf(property);
        var parameter = Parameter(property);
        if (property.SetMethod is null or { DeclaredAccessibility: not Accessibility.Public } && parameter is null)
        {
            // A computed member is nobody's data; one that holds data but cannot be read back is a mistake.
            if (IsAutomatic(property))
                types.Report(SetterRule.Descriptor, location, property.Name);
            return null;
        }

        if (types.Read(property.Type, property.Name, location) is not { } value)
            return null;

        CheckItems(property, value, location);
        types.Locations[(TypeReader.CSharpName(type), property.Name)] = location;
        var attributes = property.GetAttributes().AddRange(parameter?.GetAttributes() ?? []);
        var constraints = new ConstraintReader(types, property.Name, location).Read(attributes, value);
        var initializer = Initializer(property, parameter);
        var fallback = new DefaultReader(types).Read(property, value, initializer, attributes);
        var member = new MemberSchema
        {
            Name = property.Name,
            JsonName = JsonNameOf(property),
            Type = value,
            IsRequiredMember = property.IsRequired,
            Setter = parameter is not null ? Setter.Constructor : property.SetMethod!.IsInitOnly ? Setter.Init : Setter.Set,
            HasInitializer = parameter?.HasExplicitDefaultValue ?? (initializer is not null || fallback.IsOptional),
            IsRequired = IsRequired(type, property, value, fallback, attributes),
            Default = fallback.Value,
            Description = DescriptionOf(type, property, parameter),
            Constraints = constraints.Own with { Example = Example(property, value) },
            ItemConstraints = constraints.Items,
            IsObsolete = property.HasAttribute("System.ObsoleteAttribute"),
            TrimmerTarget = TrimmerTarget(property, parameter),
            Roles = RolesOf(property),
            Columns = ColumnReader.Read(attributes).ToEquatableArray(),
        };
        if (member.Default is { } written)
            DefaultCheck.Run(types, member, written, initializer?.GetLocation() ?? location);
        return member;
    }

    /// <summary>
    /// Required are members with the <c>required</c> keyword, and members of a spec that are neither nullable nor initialised.
    /// A status is written piece by piece, so there only the keyword counts.
    /// </summary>
    private static bool IsRequired(INamedTypeSymbol type, IPropertySymbol property, TypeRef value, DefaultValue fallback, IReadOnlyList<AttributeData> attributes)
    {
        if (value.Nullable)
            return attributes.Any(static a => a.AttributeClass.Is("System.ComponentModel.DataAnnotations.RequiredAttribute"));
        if (property.IsRequired)
            return true;
        return !fallback.IsOptional && property.DeclaringSyntaxReferences.Length > 0 && !IsStatus(type);
    }

    private static bool IsStatus(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Is("OperatorKit.ResourceStatus"))
                return true;
        }

        return false;
    }

    /// <summary>The constructor parameter by which a positional record declares the property.</summary>
    private static IParameterSymbol? Parameter(IPropertySymbol property)
    {
        if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ParameterSyntax)
            return null;
        return property.ContainingType.InstanceConstructors
            .SelectMany(static c => c.Parameters)
            .FirstOrDefault(p => p.Name == property.Name && p.DeclaringSyntaxReferences.FirstOrDefault()?.Span == property.DeclaringSyntaxReferences[0].Span);
    }

    private ExpressionSyntax? Initializer(IPropertySymbol property, IParameterSymbol? parameter)
        => (parameter ?? (ISymbol)property).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(types.CancellationToken) switch
        {
            PropertyDeclarationSyntax declaration => declaration.Initializer?.Value,
            ParameterSyntax declaration => declaration.Default?.Value,
            _ => null,
        };

    private static bool IsAutomatic(IPropertySymbol property)
        => property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    /// <summary>What JSON calls a member.</summary>
    public static string JsonNameOf(IPropertySymbol property)
        => property.Attribute("System.Text.Json.Serialization.JsonPropertyNameAttribute")?.Argument(0) as string
            ?? KnownTypes.JsonName(property)
            ?? Naming.JsonName(property.Name);

    /// <summary>Items of sets are compared as a whole, items of lists with keys by their keys, which therefore have to be there.</summary>
    private void CheckItems(IPropertySymbol property, TypeRef value, Location? location)
    {
        if (value.Item is not { Shape: Shape.Record } item || types.Type(item.Name) is not { } type)
            return;
        if (value.Shape == Shape.Set && !type.IsAtomic)
            types.Report(MemberTypeRule.Descriptor, location, property.Name, property.Type.ToDisplayString(), $"items of a set are scalars or [Atomic] records: use a list and mark the [Key] of {type.Name}");
        foreach (var key in type.Members.Where(m => type.Keys.Contains(m.JsonName)))
        {
            if (Shapes.IsImmutable(key.Type.Shape) && (key.IsRequired || key.Default is not null))
                continue;
            var problem = Shapes.IsImmutable(key.Type.Shape) ? "that member may be missing: make it required, or give it an initialiser" : "that member is not a scalar";
            types.Report(ListKeyRule.Descriptor, location, property.Name, key.Name, problem);
        }
    }

    private string? DescriptionOf(INamedTypeSymbol type, IPropertySymbol property, IParameterSymbol? parameter)
    {
        var text = KnownTypes.Description(property)
            ?? Documentation.Summary(property, types.CancellationToken)
            ?? (parameter is null ? null : Documentation.Parameter(type, parameter.Name, types.CancellationToken));
        if (property.Attribute("System.ObsoleteAttribute") is not { } obsolete)
            return text;
        var deprecated = "Deprecated" + (obsolete.Argument(0) is string reason ? ": " + reason : ".");
        return text is null ? deprecated : text + "\n\n" + deprecated;
    }

    /// <summary>The example of the documentation: as it stands for a text, as JSON or YAML for all else.</summary>
    private Node? Example(IPropertySymbol property, TypeRef type)
    {
        if (Documentation.Example(property, types.CancellationToken) is not { } text)
            return null;
        if (type.Shape is Shape.String or Shape.Enum or Shape.Uri or Shape.Guid)
            return text;
        try
        {
            return YamlReader.Read(text) is [var first, ..] ? first : null;
        }
        catch (YamlException)
        {
            return text;
        }
    }

    private string? TrimmerTarget(IPropertySymbol property, IParameterSymbol? parameter)
    {
        if (!SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, types.Compilation.Assembly))
            return null;
        if (property.GetAttributes().Any(IsUnfitForTrimming))
            return property.GetDocumentationCommentId();
        return parameter?.GetAttributes().Any(IsUnfitForTrimming) == true ? parameter.ContainingSymbol.GetDocumentationCommentId() : null;
    }

    private static bool IsUnfitForTrimming(AttributeData attribute)
        => attribute.AttributeConstructor?.HasAttribute("System.Diagnostics.CodeAnalysis.RequiresUnreferencedCodeAttribute") == true;

    private static MemberRoles RolesOf(IPropertySymbol property)
    {
        var roles = MemberRoles.None;
        foreach (var attribute in property.GetAttributes())
        {
            roles |= attribute.AttributeClass.FullName() switch
            {
                "OperatorKit.ScaleReplicasAttribute" => MemberRoles.ScaleReplicas,
                "OperatorKit.StatusReplicasAttribute" => MemberRoles.StatusReplicas,
                "OperatorKit.StatusSelectorAttribute" => MemberRoles.StatusSelector,
                "OperatorKit.SelectableFieldAttribute" => MemberRoles.SelectableField,
                _ => MemberRoles.None,
            };
        }

        return roles;
    }

    private static Location? LocationOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(static l => l.IsInSource);
}
