using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.Cel;

/// <summary>Turns text into a checked expression.</summary>
internal static class CelCompiler
{
    public static CelExpression Compile(string source, ImmutableDictionary<string, CelType> variables)
    {
        try
        {
            var node = CelParser.Parse(source);
            var (type, issues) = CelChecker.Check(node, variables);
            var error = issues.IsEmpty ? null : string.Join('\n', issues.Select(issue => issue.Display(source)));
            return new CelExpression(node, type, error);
        }
        catch (CelSyntaxException failure)
        {
            return new CelExpression(new CelLiteral(0, false), CelType.Dyn, failure.Issue.Display(source));
        }
    }
}

/// <summary>A compiled expression.</summary>
/// <param name="Root">The expression; not to be evaluated where there is an error.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Error">What is wrong with it, as cel-go says it; null where nothing is.</param>
internal sealed record CelExpression(CelNode Root, CelType Type, string? Error)
{
    /// <summary>Whether a variable of that name stands anywhere in it.</summary>
    public bool Mentions(string variable) => Mentions(Root, variable);

    private static bool Mentions(CelNode node, string variable) => RuntimeHelpers.TryEnsureSufficientExecutionStack() && node switch
    {
        CelIdentifier identifier => identifier.Name == variable,
        CelSelect select => Mentions(select.Operand, variable),
        CelHas has => Mentions(has.Selection, variable),
        CelCall call => call.Operands.Any(operand => Mentions(operand, variable)),
        CelListLiteral list => list.Items.Any(item => Mentions(item.Value, variable)),
        CelMapLiteral map => map.Entries.Any(entry => Mentions(entry.Key, variable) || Mentions(entry.Value, variable)),
        CelMacro macro => Mentions(macro.Range, variable) || Mentions(macro.Body, variable) || (macro.Filter is not null && Mentions(macro.Filter, variable)),
        _ => false,
    };
}
