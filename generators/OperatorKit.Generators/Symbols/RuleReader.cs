using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads the attributes that become CEL rules of a type or a member.</summary>
internal static class RuleReader
{
    private static readonly string[] Reasons = ["FieldValueInvalid", "FieldValueForbidden", "FieldValueRequired", "FieldValueDuplicate"];

    /// <summary>The rules of a type whose members are known, for groups of members.</summary>
    public static IEnumerable<Rule> Read(INamedTypeSymbol type, IReadOnlyList<MemberSchema> members) => Read(type.GetAttributes(), members);

    /// <summary>Written rules first, then at-most, exactly and at-least groups: the order in which controller-gen has them.</summary>
    public static IEnumerable<Rule> Read(IEnumerable<AttributeData> attributes, IReadOnlyList<MemberSchema>? members = null)
    {
        var all = attributes.ToList();
        foreach (var attribute in Named(all, "OperatorKit.CelAttribute"))
        {
            yield return new Rule(
                attribute.Argument(0) as string ?? "",
                attribute.Named("Message") as string,
                attribute.Named("MessageExpression") as string,
                attribute.Named("Reason") is int reason && reason > 0 && reason < Reasons.Length ? Reasons[reason] : null,
                attribute.Named("FieldPath") as string,
                attribute.Named("OptionalOldSelf") is true);
        }

        foreach (var attribute in Named(all, "OperatorKit.AtMostOneOfAttribute"))
            yield return Count(JsonNames(attribute, members), "<= 1", "at most one");
        foreach (var attribute in Named(all, "OperatorKit.ExactlyOneOfAttribute"))
            yield return Count(JsonNames(attribute, members), "== 1", "exactly one");
        foreach (var attribute in Named(all, "OperatorKit.AtLeastOneOfAttribute"))
        {
            var names = JsonNames(attribute, members);
            yield return new Rule(string.Join("||", names.Select(static n => $"has(self.{n})")), $"at least one of the fields in [{string.Join(" ", names)}] must be set");
        }
    }

    private static IEnumerable<AttributeData> Named(IEnumerable<AttributeData> attributes, string fullName)
        => attributes.Where(a => a.AttributeClass.Is(fullName));

    /// <summary>A sum of conditionals, because it costs less in CEL than filtering a list.</summary>
    private static Rule Count(IReadOnlyList<string> names, string comparison, string how)
    {
        var sum = string.Join("+", names.Select(static n => $"(has(self.{n})?1:0)"));
        return new Rule($"{sum} {comparison}", $"{how} of the fields in [{string.Join(" ", names)}] {(how == "at most one" ? "may" : "must")} be set");
    }

    /// <summary>The members that a one-of attribute names, in C#.</summary>
    public static IEnumerable<string> MemberNames(AttributeData attribute) => attribute.ArrayArgument().Select(static v => v.Value as string ?? "");

    public static bool IsOneOf(AttributeData attribute)
        => attribute.AttributeClass.FullName() is "OperatorKit.AtMostOneOfAttribute" or "OperatorKit.ExactlyOneOfAttribute" or "OperatorKit.AtLeastOneOfAttribute";

    private static List<string> JsonNames(AttributeData attribute, IReadOnlyList<MemberSchema>? members)
        => MemberNames(attribute).Select(name => members?.FirstOrDefault(m => m.Name == name)?.JsonName ?? Naming.JsonName(name)).ToList();
}
