using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>Holds a default against the member's own constraints, as the API server will when the definition is created.</summary>
internal static class DefaultCheck
{
    public static void Run(TypeReader types, MemberSchema member, Node value, Location? location)
    {
        if (Problem(types, member.Type, member.Constraints, value) is { } problem)
            types.Report(DefaultValidationRule.Descriptor, location, member.Name, problem);
        if (value is Scalar { Style: ScalarStyle.Text, Value: var image } && member.Name.EndsWith("Image", StringComparison.Ordinal) && Images.IsMoving(image))
            types.Report(ImageTagRule.Descriptor, location, image);
    }

    private static string? Problem(TypeReader types, TypeRef type, Constraints constraints, Node value) => value switch
    {
        Scalar scalar when constraints.Allowed.Count > 0 && !constraints.Allowed.Contains(scalar) => $"{scalar.Value} is not one of the allowed values",
        Scalar { Style: ScalarStyle.Plain } number when decimal.TryParse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            => NumberProblem(constraints, parsed),
        Scalar { Style: ScalarStyle.Text } text => TextProblem(constraints, text.Value),
        Sequence sequence => CountProblem(constraints, sequence.Items.Count, "items"),
        Mapping mapping when type.Shape == Shape.Dictionary => CountProblem(constraints, mapping.Entries.Count, "entries"),
        Mapping mapping when type.Shape == Shape.Record => ObjectProblem(types.Type(type.Name), mapping),
        _ => null,
    };

    private static string? NumberProblem(Constraints constraints, decimal value)
    {
        if (constraints.Minimum is { } minimum && (value < minimum || (constraints.ExclusiveMinimum && value == minimum)))
            return FormattableString.Invariant($"{value} is below the minimum, {minimum}");
        if (constraints.Maximum is { } maximum && (value > maximum || (constraints.ExclusiveMaximum && value == maximum)))
            return FormattableString.Invariant($"{value} is above the maximum, {maximum}");
        return constraints.MultipleOf is { } factor && factor != 0 && value % factor != 0
            ? FormattableString.Invariant($"{value} is not a multiple of {factor}")
            : null;
    }

    private static string? TextProblem(Constraints constraints, string value)
    {
        if (CountProblem(constraints, value.Length, "characters") is { } problem)
            return problem;
        return constraints.Pattern is { } pattern && !Matches(value, pattern) ? $"\"{value}\" does not match {pattern}" : null;
    }

    /// <summary>What this engine cannot decide, or not in time, is left to the API server's.</summary>
    private static bool Matches(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string? CountProblem(Constraints constraints, long count, string what)
    {
        if (count < constraints.MinLength)
            return $"it has {count} {what}, fewer than {constraints.MinLength}";
        return count > constraints.MaxLength ? $"it has {count} {what}, more than {constraints.MaxLength}" : null;
    }

    private static string? ObjectProblem(TypeSchema type, Mapping value)
        => type.Members.FirstOrDefault(m => m.IsRequired && value[m.JsonName] is null) is { } missing
            ? $"it lacks {missing.Name}, which is required: give {type.Name}.{missing.Name} an initialiser, or set it here"
            : null;
}
