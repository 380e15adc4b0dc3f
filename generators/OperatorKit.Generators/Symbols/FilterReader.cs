using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics;
using OperatorKit.Generators.Diagnostics.Rules;

namespace OperatorKit.Generators.Symbols;

/// <summary>Turns the filters of a handler class or method into one C# condition on <c>previous</c> and <c>current</c>.</summary>
internal sealed class FilterReader(INamedTypeSymbol handler, INamedTypeSymbol resource, ProblemSink report)
{
    public const string When = "OperatorKit.WhenAttribute";

    /// <summary>The condition; null where there is none.</summary>
    public string? Read(ISymbol filtered)
    {
        var conditions = filtered.GetAttributes().Where(static a => a.AttributeClass.Is(When)).SelectMany(Conditions).ToList();
        return conditions.Count == 0 ? null : string.Join(" && ", conditions);
    }

    private IEnumerable<string> Conditions(AttributeData attribute)
    {
        var (predicate, labels, annotation) = (attribute.Argument(0) as string, attribute.Named("Labels") as string, attribute.Named("Annotation") as string);
        if (predicate is null && labels is null && annotation is null)
            Report("it names neither a predicate nor Labels nor Annotation");
        if (labels is not null)
        {
            if (LabelSelector.Labels(labels, out var wrong) is { } condition)
                yield return condition;
            else
                Report($"'{wrong}' is no part of a label selector, as tier=web, env in (test,live) or !paused are");
        }

        if (annotation is not null)
        {
            if (LabelSelector.Annotation(annotation) is { } condition)
                yield return condition;
            else
                Report($"'{annotation}' is no annotation, as example.com/managed, example.com/managed=true or !example.com/paused are");
        }

        if (predicate is not null)
        {
            if (Predicate(predicate) is { } condition)
                yield return condition;
            else
                Report($"{handler.Name} has no method '{(HandlerReader.MayBeInherited(handler) ? "public" : "internal")} static bool {predicate}({resource.Name} resource)' or '({resource.Name}? previous, {resource.Name} resource)'");
        }

        void Report(string problem) => report(FilterRule.Descriptor, attribute.Location(), problem);
    }

    private string? Predicate(string name)
    {
        foreach (var method in handler.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (method is not { IsStatic: true, IsGenericMethod: false, ReturnType.SpecialType: SpecialType.System_Boolean }
                || !IsSeen(method) || !method.Parameters.All(p => SymbolEqualityComparer.Default.Equals(p.Type, resource)))
            {
                continue;
            }

            var call = $"{TypeReader.CSharpName(handler)}.{name}";
            switch (method.Parameters.Length)
            {
                case 1:
                    return $"{call}(current)";
                case 2 when method.Parameters[0].Type.NullableAnnotation != NullableAnnotation.NotAnnotated:
                    return $"{call}(previous, current)";
            }
        }

        return null;
    }

    private bool IsSeen(IMethodSymbol method) => method.DeclaredAccessibility == Accessibility.Public
        || (method.DeclaredAccessibility == Accessibility.Internal && !HandlerReader.MayBeInherited(handler));
}
