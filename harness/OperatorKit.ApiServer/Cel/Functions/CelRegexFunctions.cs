using System.Text.RegularExpressions;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Schemas;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Regular expressions, which take linear time whatever the pattern.</summary>
internal static class CelRegexFunctions
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Member("matches", "string, string -> bool", static a => Pattern(a[1]).IsMatch((string)a[0])),
        Global("matches", "string, string -> bool", static a => Pattern(a[1]).IsMatch((string)a[0])),
        Member("find", "string, string -> string", static a => Pattern(a[1]).Match((string)a[0]).Value),
        Member("findAll", "string, string -> list(string)", static a => Found(a, -1)),
        Member("findAll", "string, string, int -> list(string)", static a => Found(a, (long)a[2])),
    ];

    private static Regex Pattern(object pattern)
    {
        try
        {
            return Patterns.Of((string)pattern);
        }
        catch (ArgumentException error)
        {
            throw new CelException($"error parsing regexp: {error.Message}");
        }
    }

    private static CelList Found(object[] operands, long limit)
    {
        IEnumerable<string> all = Pattern(operands[1]).Matches((string)operands[0]).Select(static match => match.Value);
        return new CelList([.. limit < 0 ? all : all.Take((int)Math.Min(limit, int.MaxValue))]);
    }
}
