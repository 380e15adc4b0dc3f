using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>Patterns, durations and times that are written out in an expression: a wrong one is an error before it is evaluated.</summary>
internal static class CelLiteralCheck
{
    public static List<CelIssue> Of(CelNode node)
    {
        var issues = new List<CelIssue>();
        Visit(node, issues);
        return issues;
    }

    private static void Visit(CelNode node, List<CelIssue> issues)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return;
        if (node is CelCall call)
            Judge(call, issues);
        foreach (var part in node.Parts)
            Visit(part, issues);
    }

    private static void Judge(CelCall call, List<CelIssue> issues)
    {
        if (call.Arguments is not [.., CelLiteral { Value: string text } literal])
            return;
        var isWrong = call.Function switch
        {
            "matches" => !IsPattern(text),
            "duration" or "timestamp" when call.Target is null => CelFunctionTable.Overloads(call.Function, member: false)
                .Single(static overload => overload.Signature.Parameters is [{ Kind: CelTypeKind.String }]).Invoke([text]) is CelError,
            _ => false,
        };
        if (isWrong)
            issues.Add(new CelIssue(literal.Position, $"invalid {call.Function} argument"));
    }

    private static bool IsPattern(string text)
    {
        try
        {
            Patterns.Of(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
