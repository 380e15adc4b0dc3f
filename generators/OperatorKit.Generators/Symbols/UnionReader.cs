using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Reads closed hierarchies: an abstract record, and sealed records nested in it that derive from it. In JSON each case is an
/// optional member of one object, which is how Kubernetes writes unions.
/// </summary>
internal static class UnionReader
{
    /// <summary>The cases in the order of the source; none where the type is no closed hierarchy.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Cases(INamedTypeSymbol type)
    {
        if (type is not { IsAbstract: true, IsRecord: true, IsGenericType: false })
            return [];
        return type.GetTypeMembers()
            .Where(t => t is { IsSealed: true, IsRecord: true, IsGenericType: false } && SymbolEqualityComparer.Default.Equals(t.BaseType, type))
            .OrderBy(static t => t.Locations.FirstOrDefault()?.SourceTree?.FilePath ?? "", System.StringComparer.Ordinal)
            .ThenBy(static t => t.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0)
            .ToList();
    }

    public static MemberSchema Member(INamedTypeSymbol @case, TypeRef value, CancellationToken cancellationToken) => new()
    {
        Name = @case.Name,
        JsonName = Naming.JsonName(@case.Name),
        Type = value with { Nullable = true },
        Description = Documentation.Summary(@case, cancellationToken),
    };

    public static Rule Rule(IReadOnlyList<MemberSchema> cases) => new(
        string.Join("+", cases.Select(static c => $"(has(self.{c.JsonName})?1:0)")) + " == 1",
        $"exactly one of the fields in [{string.Join(" ", cases.Select(static c => c.JsonName))}] must be set");
}
