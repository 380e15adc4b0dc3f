using System.Linq;
using OperatorKit.Generators.Imports;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Pipeline;

/// <summary>Fills in what code calls imported kinds, which have no symbols yet.</summary>
internal static class ImportedCalls
{
    public static HandlerModel Resolve(HandlerModel handler, EquatableArray<ImportedKind> kinds)
        => handler with { Owns = handler.Owns.Select(o => Resolve(o, kinds)).Where(static o => o.IsKnown).ToEquatableArray() };

    public static UseModel Resolve(UseModel use, EquatableArray<ImportedKind> kinds)
    {
        if (use.Target.Kind is { } kind)
            return use with { Target = use.Target with { Kind = Resolve(kind, kinds) } };
        return kinds.FirstOrDefault(k => use.Target.Name == k.ClientName || use.Target.Name == Naming.PluralName(k.Name)) is { } imported
            ? use with { Target = new UseTarget(Known(imported), "") }
            : use;
    }

    private static OwnedModel Resolve(OwnedModel owned, EquatableArray<ImportedKind> kinds)
        => !owned.IsKnown && kinds.FirstOrDefault(k => k.Name == owned.CSharp) is { } kind ? Known(kind) : owned;

    private static OwnedModel Known(ImportedKind kind) => new(kind.CSharp, kind.Group, kind.Plural, kind.IsClusterScoped);
}
