using OperatorKit.ApiServer.Cel.Syntax;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>The types of macros and of the variables that they bring.</summary>
internal sealed class CelMacroTypes(Func<CelNode, CelType> typeOf, Func<CelNode, IEnumerable<(string, CelType)>, CelType> inScope, Action<int, string> report)
{
    public CelType Of(CelMacro macro)
    {
        var range = typeOf(macro.Range);
        if (macro.Kind is CelMacroKind.OptionalMap or CelMacroKind.OptionalFlatMap)
            return OfOptional(macro, range);
        var variables = Variables(macro, range);
        if (macro.Filter is { } filter)
            RequireBool(filter, inScope(filter, variables), "_?_:_");
        var body = inScope(macro.Body, variables);
        switch (macro.Kind)
        {
            case CelMacroKind.All:
                RequireBool(macro.Body, body, "_&&_");
                return CelType.Bool;
            case CelMacroKind.Exists:
                RequireBool(macro.Body, body, "_||_");
                return CelType.Bool;
            case CelMacroKind.ExistsOne:
                RequireBool(macro.Body, body, "_?_:_");
                return CelType.Bool;
            case CelMacroKind.Filter:
                RequireBool(macro.Body, body, "_?_:_");
                return CelType.List(variables[0].Type);
            case CelMacroKind.SortBy:
                return range.Kind == CelTypeKind.List ? range : CelType.List(CelType.Dyn);
            case CelMacroKind.TransformMap:
                return CelType.Map(variables[0].Type, body);
            case CelMacroKind.TransformMapEntry:
                return body.Kind == CelTypeKind.Map ? body : CelType.Map(CelType.Dyn, CelType.Dyn);
            default:
                return CelType.List(body);
        }
    }

    private CelType OfOptional(CelMacro macro, CelType range)
    {
        var value = range.IsOptional ? range.Parameters[0] : CelType.Dyn;
        if (!range.IsOptional && range.Kind != CelTypeKind.Dyn)
            report(macro.Position, $"found no matching overload for 'hasValue' applied to '{range}.()'");
        var body = inScope(macro.Body, [(macro.Variables[0], value)]);
        return macro.Kind == CelMacroKind.OptionalMap ? CelType.Optional(body) : body.IsOptional ? body : CelType.Optional(CelType.Dyn);
    }

    private List<(string Name, CelType Type)> Variables(CelMacro macro, CelType range)
    {
        var (key, value) = range.Kind switch
        {
            CelTypeKind.List => (CelType.Int, range.Parameters[0]),
            CelTypeKind.Map => (range.Parameters[0], range.Parameters[1]),
            CelTypeKind.Dyn => (CelType.Dyn, CelType.Dyn),
            _ => Refused(macro, range),
        };
        if (macro.Variables.Length == 2)
            return [(macro.Variables[0], key), (macro.Variables[1], value)];
        return [(macro.Variables[0], range.Kind == CelTypeKind.Map ? key : value)];
    }

    private (CelType, CelType) Refused(CelMacro macro, CelType range)
    {
        report(macro.Range.Position, $"expression of type '{range}' cannot be range of a comprehension (must be list, map, or dynamic)");
        return (CelType.Dyn, CelType.Dyn);
    }

    private void RequireBool(CelNode node, CelType type, string operation)
    {
        if (type.Kind is not (CelTypeKind.Bool or CelTypeKind.Dyn))
            report(node.Position, $"found no matching overload for '{operation}' applied to '(bool, {type})'");
    }
}
