using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>
/// What a call takes, in steps, so that none can hang the server whatever it costs by cel-go's count. Most functions look at all of their operands once; a search may look at one
/// operand for each part of another.
/// </summary>
internal static class CelCost
{
    private const long Most = 1_000_000_000;
    private const long PatternCost = 25;

    /// <summary>The steps of a call, to be counted before it is made: one for ten characters or items.</summary>
    public static long Of(string function, object[] operands)
    {
        var cost = operands.Sum(SizeOf) / 10;
        return cost + function switch
        {
            "contains" or "indexOf" or "lastIndexOf" or "split" when operands.Length > 1 => Product(operands[0], operands[1]),
            "replace" when operands is [string text, string old, string replacement, ..] =>
                Product(text, old) + ((text.Length + 1L) / Math.Max(1, old.Length) * replacement.Length / 10),
            "join" when operands is [CelList list, string separator] => list.Items.Count * (long)separator.Length / 10,
            // A boxed number each.
            "lists.range" when operands is [long count] => 5 * Math.Clamp(count, 0, Most),
            "matches" or "find" => PatternCost + Product(operands[0], operands[1]),
            // Every match may look at the whole rest of the text.
            "findAll" => PatternCost + (Product(operands[0], operands[0]) / 10),
            _ => 0,
        };
    }

    /// <summary>The characters and items in a value, all through. What stands in it several times counts each time.</summary>
    /// <exception cref="CelBudgetException">It is nested too deeply.</exception>
    public static long SizeOf(object value) => value switch
    {
        string text => text.Length,
        CelBytes bytes => bytes.Content.Length,
        CelList list => list.Size,
        CelMap map => map.Size,
        CelObject obj => obj.Size,
        CelMessage message => message.Size,
        CelOptional { Value: { } inner } => SizeOf(inner),
        _ => 0,
    };

    /// <summary>The size of a collection of these items.</summary>
    public static long Total(IEnumerable<object> items)
    {
        RequireStack();
        var size = 0L;
        foreach (var item in items)
            size = Math.Min(Most, size + 1 + SizeOf(item));
        return size;
    }

    /// <summary>The size of a document.</summary>
    public static long Total(JsonValue json) => json switch
    {
        JsonString text => text.Value.Length,
        JsonArray array => array.Count + array.Items.Sum(Total),
        JsonObject obj => obj.Count + obj.Sum(static member => Total(member.Value)),
        _ => 0,
    };

    /// <summary>Called by everything that walks values: expressions can nest those deeper than the stack is.</summary>
    /// <exception cref="CelBudgetException">The stack is nearly used up.</exception>
    public static void RequireStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new CelBudgetException("operation cancelled: the value is nested too deeply");
    }

    private static long Product(object left, object right) => SizeOf(left) / 10 * (SizeOf(right) / 10);
}
