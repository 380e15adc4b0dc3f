using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Schemas;

/// <summary>One part of a label selector.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">In, NotIn, Exists or DoesNotExist, as the API spells them.</param>
/// <param name="Values">The values; none for the last two.</param>
internal sealed record LabelRequirement(string Key, string Operator, EquatableArray<string> Values);
