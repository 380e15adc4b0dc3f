using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>The value restrictions of a schema node. Inside the junctors only restrictions may stand, so they nest as this type.</summary>
internal sealed record ValueValidation
{
    public static ValueValidation None { get; } = new();

    public ImmutableArray<string> Required { get; init; } = [];

    public ImmutableArray<JsonValue> Enum { get; init; } = [];

    public double? Minimum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public double? Maximum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    public double? MultipleOf { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public long? MinItems { get; init; }

    public long? MaxItems { get; init; }

    public bool UniqueItems { get; init; }

    public long? MinProperties { get; init; }

    public long? MaxProperties { get; init; }

    public ImmutableArray<NestedValidation> AllOf { get; init; } = [];

    public ImmutableArray<NestedValidation> AnyOf { get; init; } = [];

    public ImmutableArray<NestedValidation> OneOf { get; init; } = [];

    public NestedValidation? Not { get; init; }
}

/// <summary>A schema inside <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> or <c>not</c>: restrictions on the value and on its members.</summary>
internal sealed record NestedValidation
{
    public SchemaType Type { get; init; }

    public string? Format { get; init; }

    public ValueValidation Validation { get; init; } = ValueValidation.None;

    public ImmutableArray<KeyValuePair<string, NestedValidation>> Properties { get; init; } = [];

    public NestedValidation? Items { get; init; }

    public NestedValidation? AdditionalProperties { get; init; }
}

/// <summary>One CEL rule of <c>x-kubernetes-validations</c>.</summary>
internal sealed record ValidationRule(string Rule)
{
    public string? Message { get; init; }

    public string? MessageExpression { get; init; }

    public string? Reason { get; init; }

    public string? FieldPath { get; init; }

    public bool? OptionalOldSelf { get; init; }
}
