using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Syntax;

/// <summary>Recognises macros among calls.</summary>
internal static class CelMacros
{
    /// <summary>The macro that a call is; null where it is an ordinary one.</summary>
    /// <exception cref="CelSyntaxException">It is a macro, used wrongly.</exception>
    public static CelNode? Expand(int position, string function, CelNode? target, ImmutableArray<CelNode> arguments)
    {
        if (target is null)
            return function == "has" && arguments.Length == 1 ? Has(position, arguments[0]) : null;
        return (function, arguments.Length) switch
        {
            ("all", 2) => Walk(CelMacroKind.All, 1),
            ("all", 3) => Walk(CelMacroKind.All, 2),
            ("exists", 2) => Walk(CelMacroKind.Exists, 1),
            ("exists", 3) => Walk(CelMacroKind.Exists, 2),
            ("exists_one" or "existsOne", 2) => Walk(CelMacroKind.ExistsOne, 1),
            ("exists_one" or "existsOne", 3) => Walk(CelMacroKind.ExistsOne, 2),
            ("filter", 2) => Walk(CelMacroKind.Filter, 1),
            ("map", 2) => Walk(CelMacroKind.Map, 1),
            ("map", 3) => Walk(CelMacroKind.Map, 1, filtered: true),
            ("transformList", 3) => Walk(CelMacroKind.TransformList, 2),
            ("transformList", 4) => Walk(CelMacroKind.TransformList, 2, filtered: true),
            ("transformMap", 3) => Walk(CelMacroKind.TransformMap, 2),
            ("transformMap", 4) => Walk(CelMacroKind.TransformMap, 2, filtered: true),
            ("transformMapEntry", 3) => Walk(CelMacroKind.TransformMapEntry, 2),
            ("transformMapEntry", 4) => Walk(CelMacroKind.TransformMapEntry, 2, filtered: true),
            ("optMap", 2) => Walk(CelMacroKind.OptionalMap, 1),
            ("optFlatMap", 2) => Walk(CelMacroKind.OptionalFlatMap, 1),
            ("sortBy", 2) => Walk(CelMacroKind.SortBy, 1),
            _ => null,
        };

        CelMacro Walk(CelMacroKind kind, int variables, bool filtered = false)
        {
            var names = arguments.Take(variables).Select(Variable).ToImmutableArray();
            if (names.Length == 2 && names[0] == names[1])
                throw new CelSyntaxException(new CelIssue(arguments[1].Position, $"duplicate variable name: {names[1]}"));
            return new CelMacro(position, kind, target, names, filtered ? arguments[variables] : null, arguments[^1]);
        }
    }

    private static CelHas Has(int position, CelNode argument) => argument is CelSelect { Optional: false } selection
        ? new CelHas(position, selection)
        : throw new CelSyntaxException(new CelIssue(argument.Position, "invalid argument to has() macro"));

    private static string Variable(CelNode node) => node is CelIdentifier { Name: not "__result__" } identifier
        ? identifier.Name
        : throw new CelSyntaxException(new CelIssue(node.Position, "argument must be a simple name"));
}
