using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads the types of members, and the types that those reach, into a schema.</summary>
internal sealed class TypeReader(Compilation compilation, ProblemSink report, CancellationToken cancellationToken)
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly ConditionalWeakTable<INamedTypeSymbol, object> Known = new();

    private readonly Dictionary<string, TypeSchema> _types = [];
    private readonly List<string> _order = [];
    private readonly List<INamedTypeSymbol> _path = [];

    /// <summary>Whether it reads a built-in type with all that it reaches.</summary>
    private bool _isBuiltIn;

    /// <summary>Where members are declared, by type and C# name, for problems that show up later.</summary>
    public Dictionary<(string Type, string Member), Location?> Locations { get; } = [];

    /// <summary>The files that declare what was read, with what it derives from.</summary>
    public HashSet<SyntaxTree> Trees { get; } = [];

    public Compilation Compilation => compilation;

    public ProblemSink Report => report;

    public CancellationToken CancellationToken => cancellationToken;

    public EquatableArray<TypeSchema> Types => _order.Select(name => _types[name]).ToEquatableArray();

    public TypeSchema Type(string csharp) => _types[csharp];

    /// <summary>How C# spells a type anywhere, without a question mark of its own.</summary>
    public static string CSharpName(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(Qualified);

    /// <summary>Reads the type of a member; null where it has no JSON form, which is reported.</summary>
    public TypeRef? Read(ITypeSymbol type, string member, Location? location)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Read(nullable.TypeArguments[0], member, location) is { } value ? value with { Nullable = true } : null;

        var isNullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        return ReadPresent(type, member, location) is { } present ? present with { Nullable = isNullable } : null;
    }

    private TypeRef? ReadPresent(ITypeSymbol type, string member, Location? location)
    {
        if (type.TypeKind == TypeKind.Error)
            return null; // The compiler says so itself.
        var scalar = ScalarTypes.ShapeOf(type);
        if (scalar is Shape.UInt64 or Shape.Decimal)
        {
            report(NumberRule.Descriptor, location, member, type.ToDisplayString());
            return null;
        }

        if (scalar is Shape.Single or Shape.Double)
            report(FloatingPointRule.Descriptor, location, member, type.ToDisplayString());
        if (scalar is { } shape)
            return TypeRef.Scalar(shape);
        if (ReadCollection(type, member, location) is { } collection)
            return collection == Unreadable ? null : collection;
        if (type is INamedTypeSymbol named)
        {
            if (named.TypeKind == TypeKind.Enum && !named.HasAttribute("System.FlagsAttribute"))
                return ReadEnum(named);
            if (IsObject(named))
                return ReadObject(named, member, location);
            if (UnionReader.Cases(named) is { Count: > 0 } cases)
                return ReadUnion(named, cases, member, location);
        }

        report(MemberTypeRule.Descriptor, location, member, type.ToDisplayString(), Advice(type));
        return null;
    }

    private static readonly TypeRef Unreadable = new(Shape.RawJson, "");

    /// <summary>A list, set or dictionary; null for anything else, and <see cref="Unreadable"/> where its items cannot be read.</summary>
    private TypeRef? ReadCollection(ITypeSymbol type, string member, Location? location)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return Read(array.ElementType, member, location) is { } element ? TypeRef.List(element, Collection.Array, CSharpName(type)) : Unreadable;
        if (type is not INamedTypeSymbol { IsGenericType: true } named || CollectionTypes.ShapeOf(named.OriginalDefinition.FullName()) is not var (shape, collection))
            return null;
        if (shape == Shape.Dictionary && named.TypeArguments[0].SpecialType != SpecialType.System_String)
        {
            report(DictionaryKeyRule.Descriptor, location, member, named.TypeArguments[0].ToDisplayString());
            return Unreadable;
        }

        var item = Read(named.TypeArguments[named.TypeArguments.Length - 1], member, location);
        return item is null ? Unreadable : new TypeRef(shape, CSharpName(type)) { Item = item, Collection = collection, IsValueType = type.IsValueType };
    }

    private TypeRef ReadEnum(INamedTypeSymbol type)
    {
        var name = CSharpName(type);
        if (!_types.ContainsKey(name))
        {
            var values = type.GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue).Select(static f => new EnumValue(f.Name, EnumText(f)));
            Add(Describe(type) with { Values = values.ToEquatableArray(), IsValueType = true });
            foreach (var value in type.GetMembers().OfType<IFieldSymbol>())
                Locations[(name, value.Name)] = value.Locations.FirstOrDefault();
        }

        return TypeRef.Enum(name, JsonClass(type));
    }

    /// <summary>How JSON spells a member of an enum.</summary>
    public static string EnumText(IFieldSymbol field)
        => (field.Attribute("System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute")?.Argument(0)
            ?? field.Attribute("System.Runtime.Serialization.EnumMemberAttribute")?.Named("Value")) as string ?? field.Name;

    /// <summary>Reads a record, class or struct; null where it reaches itself, which is reported.</summary>
    public TypeRef? ReadObject(INamedTypeSymbol type, string member, Location? location)
    {
        var name = CSharpName(type);
        var reference = TypeRef.Record(name, IsJsonModel(type) ? name : JsonClass(type), isValueType: type.IsValueType);
        if (_types.ContainsKey(name))
            return reference;
        if (_path.Contains(type, SymbolEqualityComparer.Default))
        {
            var cycle = _path.SkipWhile(t => !SymbolEqualityComparer.Default.Equals(t, type)).Select(static t => t.Name);
            report(RecursionRule.Descriptor, location, member, string.Join(" -> ", cycle.Append(type.Name)));
            return null;
        }

        if (type.Is("OperatorKit.Models.V1ObjectMeta"))
        {
            Add(Describe(type));
            return reference;
        }

        if (!_isBuiltIn && reference.Json == name && type.Locations.Any(static l => l.IsInMetadata))
        {
            foreach (var known in BuiltIn(type).Where(k => !_types.ContainsKey(k.CSharp)))
                Add(known);
            return reference;
        }

        ReadMembers(type);
        return reference;
    }

    /// <summary>A built-in type and all that it reaches. They stay the same for as long as the compiler has the assembly open, and are many.</summary>
    private EquatableArray<TypeSchema> BuiltIn(INamedTypeSymbol type)
    {
        if (Known.TryGetValue(type, out var known))
            return (EquatableArray<TypeSchema>)known;
        var reader = new TypeReader(compilation, report, cancellationToken) { _isBuiltIn = true };
        reader.ReadMembers(type);
        return (EquatableArray<TypeSchema>)Known.GetValue(type, _ => reader.Types);
    }

    private void ReadMembers(INamedTypeSymbol type)
    {
        // The place is taken before the members are read, so that types come in the order in which they are met.
        var place = _order.Count;
        _path.Add(type);
        var members = new MemberReader(this).ReadMembers(type);
        _path.RemoveAt(_path.Count - 1);
        var schema = Describe(type) with
        {
            Members = members.ToEquatableArray(),
            Keys = KeysOf(type, members),
            Rules = RuleReader.Read(type, members).ToEquatableArray(),
        };
        Locations[(CSharpName(type), "")] = type.Locations.FirstOrDefault();
        CheckOneOf(type, members);
        if (schema.ExternalDocs is { } docs && !ConstraintReader.IsAddress(docs.Url))
            report(RoleRule.Descriptor, type.Attribute(ConstraintReader.ExternalDocsAttribute)!.Location(), "ExternalDocs", type.Name, "something whose address is a whole one, as in https://example.com/docs");
        Add(KnownTypes.Refine(type, schema), place);
    }

    /// <summary>Reads an abstract record with its cases; null where a case cannot be read, which is reported.</summary>
    private TypeRef? ReadUnion(INamedTypeSymbol type, IReadOnlyList<INamedTypeSymbol> cases, string member, Location? location)
    {
        var name = CSharpName(type);
        var reference = TypeRef.Record(name, JsonClass(type));
        if (_types.ContainsKey(name))
            return reference;
        if (_path.Contains(type, SymbolEqualityComparer.Default))
        {
            report(RecursionRule.Descriptor, location, member, string.Join(" -> ", _path.Select(static t => t.Name).Append(type.Name)));
            return null;
        }

        var place = _order.Count;
        _path.Add(type);
        var members = new List<MemberSchema>();
        foreach (var @case in cases)
        {
            if (ReadObject(@case, @case.Name, @case.Locations.FirstOrDefault() ?? location) is { } value)
                members.Add(UnionReader.Member(@case, value, cancellationToken));
            Locations[(name, @case.Name)] = @case.Locations.FirstOrDefault();
        }

        _path.RemoveAt(_path.Count - 1);
        Locations[(name, "")] = type.Locations.FirstOrDefault();
        Add(Describe(type) with { IsUnion = true, Members = members.ToEquatableArray(), Rules = [UnionReader.Rule(members), .. RuleReader.Read(type, members)] }, place);
        return members.Count == cases.Count ? reference : null;
    }

    private void CheckOneOf(INamedTypeSymbol type, IReadOnlyList<MemberSchema> members)
    {
        foreach (var attribute in type.GetAttributes().Where(RuleReader.IsOneOf))
        {
            foreach (var name in RuleReader.MemberNames(attribute))
            {
                var member = members.FirstOrDefault(m => m.Name == name);
                if (member is null or { IsRequired: true } or { Default: not null })
                    report(OneOfRule.Descriptor, attribute.Location(), type.Name, name, member is null ? "has no such member" : $"always has {name}: make it nullable");
            }
        }
    }

    private static EquatableArray<string> KeysOf(INamedTypeSymbol type, IReadOnlyList<MemberSchema> members)
    {
        var keys = new HashSet<string>(MemberReader.Properties(type).Where(static p => p.HasAttribute("System.ComponentModel.DataAnnotations.KeyAttribute")).Select(static p => p.Name));
        return members.Where(m => keys.Contains(m.Name)).Select(static m => m.JsonName).ToEquatableArray();
    }

    /// <summary>Notes where a type is declared that is read.</summary>
    public void Visit(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            Trees.UnionWith(current.DeclaringSyntaxReferences.Select(static r => r.SyntaxTree));
    }

    private TypeSchema Describe(INamedTypeSymbol type)
    {
        Visit(type);
        return new TypeSchema
        {
            CSharp = CSharpName(type),
            Name = Naming.FlatName(type),
            Namespace = Naming.Namespace(type),
            IsPublic = IsPublic(type),
            IsValueType = type.IsValueType,
            IsJsonModel = IsJsonModel(type),
            Description = Documentation.Summary(type, cancellationToken),
            Title = type.Attribute("System.ComponentModel.DisplayNameAttribute")?.Argument(0) as string,
            ExternalDocs = type.Attribute(ConstraintReader.ExternalDocsAttribute) is { } docs ? ConstraintReader.Docs(docs) : null,
            IsAtomic = type.HasAttribute("OperatorKit.AtomicAttribute"),
            PreservesUnknown = type.HasAttribute("OperatorKit.PreserveUnknownFieldsAttribute"),
        };
    }

    private void Add(TypeSchema type, int? place = null)
    {
        _types.Add(type.CSharp, type);
        _order.Insert(place ?? _order.Count, type.CSharp);
    }

    /// <summary>Whether code outside the assembly may name the type.</summary>
    public static bool IsPublic(INamedTypeSymbol type)
        => type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || IsPublic(type.ContainingType));

    private static bool IsObject(INamedTypeSymbol type)
        => type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, IsGenericType: false, SpecialType: SpecialType.None, IsStatic: false }
            && type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
            && !Naming.Namespace(type).StartsWith("System", System.StringComparison.Ordinal);

    private static bool IsJsonModel(INamedTypeSymbol type) => type.AllInterfaces.Any(static i => i.OriginalDefinition.Is("OperatorKit.IJsonModel`1"));

    private static string JsonClass(INamedTypeSymbol type)
    {
        var space = Naming.Namespace(type);
        return (space.Length == 0 ? "global::" : $"global::{space}.") + Naming.FlatName(type) + "Json";
    }

    private static string Advice(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "use JsonElement for any JSON value",
        { TypeKind: TypeKind.Enum } => "flags do not fit a string: use a set of an enum, IReadOnlySet<T>",
        { TypeKind: TypeKind.Interface } or { IsAbstract: true } => "use a sealed record, or an abstract record with sealed records nested in it",
        INamedTypeSymbol { IsGenericType: true } => "generic types have no schema of their own: use a record that is not generic",
        _ when type.Name == "TimeOnly" => "use TimeSpan or string",
        _ => "use a record, a scalar, a list, a set or a dictionary with string keys",
    };
}
