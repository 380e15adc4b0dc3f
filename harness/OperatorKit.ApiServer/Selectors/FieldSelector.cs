using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Selectors;

/// <summary>A field selector: every requirement must hold. Parsed by <see cref="FieldSelectorParser"/>.</summary>
internal sealed record FieldSelector(ImmutableArray<FieldRequirement> Requirements)
{
    public static FieldSelector Everything { get; } = new([]);

    public bool IsEmpty => Requirements.IsEmpty;

    /// <param name="fieldValue">The value of a field as the selector sees it; absent is the empty string.</param>
    public bool Matches(Func<string, string> fieldValue)
    {
        foreach (var (field, value, equal) in Requirements)
        {
            if (string.Equals(fieldValue(field), value, StringComparison.Ordinal) != equal)
                return false;
        }

        return true;
    }
}

internal sealed record FieldRequirement(string Field, string Value, bool Equal);
