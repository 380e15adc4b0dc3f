using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel;

/// <summary>Turns text into a checked expression.</summary>
internal static class CelCompiler
{
    public static CelExpression Compile(string source, CelEnvironment environment)
    {
        try
        {
            var node = CelParser.Parse(source);
            var (type, typing, issues) = CelChecker.Check(node, environment);
            var error = issues.IsEmpty ? null : string.Join('\n', issues.Select(issue => issue.Display(source)));
            return new CelExpression(source, node, type, error is null ? CelPlan.Of(node, typing) : CelPlan.None, error);
        }
        catch (CelSyntaxException failure)
        {
            return new CelExpression(source, new CelLiteral(0, false), CelType.Dyn, CelPlan.None, failure.Issue.Display(source));
        }
    }
}

/// <summary>A compiled expression.</summary>
/// <param name="Source">The text.</param>
/// <param name="Root">The expression; not to be evaluated where there is an error.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Plan">What is known before it is evaluated.</param>
/// <param name="Error">What is wrong with it, as cel-go says it; null where nothing is.</param>
internal sealed record CelExpression(string Source, CelNode Root, CelType Type, CelPlan Plan, string? Error)
{
    /// <summary>The value, or a <see cref="CelError"/>.</summary>
    /// <exception cref="CelBudgetException">The evaluation costs too much.</exception>
    public object Evaluate(CelScope? scope, CelBudget budget) => new CelEvaluator(Plan, budget).Evaluate(Root, scope);

    /// <summary>Whether a variable of that name stands anywhere in it.</summary>
    public bool Mentions(string variable) => Mentions(Root, variable);

    private static bool Mentions(CelNode node, string variable) => RuntimeHelpers.TryEnsureSufficientExecutionStack()
        && (node is CelIdentifier identifier ? identifier.Name == variable : node.Parts.Any(part => Mentions(part, variable)));
}
