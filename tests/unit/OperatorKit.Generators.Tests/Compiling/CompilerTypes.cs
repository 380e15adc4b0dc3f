using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Tests.Compiling;

/// <summary>Finds what a generator must not keep from one edit to the next: it would keep a whole compilation.</summary>
internal static class CompilerTypes
{
    /// <summary>What of the compiler an object reaches through its fields.</summary>
    public static IEnumerable<object> In(object? value)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([value]);
        while (open.TryPop(out var next))
        {
            if (next is null or string || next.GetType().IsPrimitive || next.GetType().IsEnum || (!next.GetType().IsValueType && !seen.Add(next)))
                continue;
            if (next is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location or AttributeData)
            {
                yield return next;
                continue;
            }

            if (next is IEnumerable items)
            {
                foreach (var item in items)
                    open.Push(item);
                continue;
            }

            foreach (var field in next.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                open.Push(field.GetValue(next));
        }
    }
}
