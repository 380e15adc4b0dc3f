using OperatorKit.ApiServer.Cel.Syntax;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>What macros cost beside their expressions, written out as loops as cel-go writes them out.</summary>
internal static class CelMacroCosts
{
    /// <summary>CelEstimate.One round: the condition, what the macro does, and what it keeps of it.</summary>
    public static CelEstimate Step(CelMacro macro, CelEstimate body, CelEstimate filter)
    {
        const int append = 2 + CelUnits.List;
        switch (macro.Kind)
        {
            case CelMacroKind.All:
                return new CelEstimate(3, CelEstimate.Add(body.Max, 3));
            case CelMacroKind.Exists:
                return new CelEstimate(4, CelEstimate.Add(body.Max, 4));
            case CelMacroKind.ExistsOne:
                return body + new CelEstimate(1, 2);
            case CelMacroKind.Filter:
                return body + new CelEstimate(1, append + 1);
        }

        var add = macro.Kind switch
        {
            CelMacroKind.TransformMap => body + CelEstimate.Exactly(3),
            CelMacroKind.TransformMapEntry => body + CelEstimate.Exactly(2),
            _ => body + CelEstimate.Exactly(append),
        };
        return macro.Filter is null ? add : filter + add.Or(CelEstimate.One);
    }

    /// <summary>What is kept, before the first round.</summary>
    public static CelEstimate Initial(CelMacroKind kind) => kind switch
    {
        CelMacroKind.Map or CelMacroKind.Filter or CelMacroKind.TransformList or CelMacroKind.SortBy => CelEstimate.Exactly(CelUnits.List),
        CelMacroKind.TransformMap or CelMacroKind.TransformMapEntry => CelEstimate.Exactly(CelUnits.Map),
        _ => CelEstimate.Nothing,
    };
}
