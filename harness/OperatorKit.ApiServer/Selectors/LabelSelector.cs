using System.Collections.Immutable;
using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Selectors;

/// <summary>A label selector: every requirement must hold. Parsed by <see cref="LabelSelectorParser"/>.</summary>
internal sealed record LabelSelector(ImmutableArray<LabelRequirement> Requirements)
{
    public static LabelSelector Everything { get; } = new([]);

    public bool IsEmpty => Requirements.IsEmpty;

    public bool Matches(JsonObject obj)
    {
        if (IsEmpty)
            return true;
        var labels = obj.ObjectAt("metadata", "labels") ?? JsonObject.Empty;
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(labels))
                return false;
        }

        return true;
    }
}

internal sealed record LabelRequirement(string Key, LabelOperator Operator, ImmutableArray<string> Values)
{
    /// <summary>An object without the label satisfies the negative operators.</summary>
    public bool Matches(JsonObject labels)
    {
        var value = (labels[Key] as JsonString)?.Value;
        return Operator switch
        {
            LabelOperator.In => value is not null && Values.Contains(value, StringComparer.Ordinal),
            LabelOperator.NotIn => value is null || !Values.Contains(value, StringComparer.Ordinal),
            LabelOperator.Exists => value is not null,
            LabelOperator.DoesNotExist => value is null,
            LabelOperator.GreaterThan => Number(value) is { } number && number > Number(Values[0]),
            LabelOperator.LessThan => Number(value) is { } number && number < Number(Values[0]),
            _ => false,
        };
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

internal enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}
