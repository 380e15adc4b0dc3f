using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.Cel;

/// <summary>Turns text into a checked expression.</summary>
internal static class CelCompiler
{
    public static CelExpression Compile(string source, CelEnvironment environment)
    {
        try
        {
            var node = CelParser.Parse(source);
            var (type, issues) = CelChecker.Check(node, environment);
            var error = issues.IsEmpty ? null : string.Join('\n', issues.Select(issue => issue.Display(source)));
            return new CelExpression(source, node, type, error);
        }
        catch (CelSyntaxException failure)
        {
            return new CelExpression(source, new CelLiteral(0, false), CelType.Dyn, failure.Issue.Display(source));
        }
    }
}

/// <summary>A compiled expression.</summary>
/// <param name="Source">The text.</param>
/// <param name="Root">The expression; not to be evaluated where there is an error.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Error">What is wrong with it, as cel-go says it; null where nothing is.</param>
internal sealed record CelExpression(string Source, CelNode Root, CelType Type, string? Error)
{
    /// <summary>Whether a variable of that name stands anywhere in it.</summary>
    public bool Mentions(string variable) => Mentions(Root, variable);

    private static bool Mentions(CelNode node, string variable) => RuntimeHelpers.TryEnsureSufficientExecutionStack()
        && (node is CelIdentifier identifier ? identifier.Name == variable : node.Parts.Any(part => Mentions(part, variable)));
}
