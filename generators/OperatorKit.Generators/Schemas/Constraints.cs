using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Schemas;

/// <summary>What a value must keep to, beyond its type.</summary>
internal sealed record Constraints
{
    public static Constraints None { get; } = new();

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    public decimal? MultipleOf { get; init; }

    /// <summary>Least characters, items or properties, by what the value is.</summary>
    public long? MinLength { get; init; }

    /// <summary>Most characters, items or properties, by what the value is.</summary>
    public long? MaxLength { get; init; }

    /// <summary>Regular expression as OpenAPI has it: unanchored.</summary>
    public string? Pattern { get; init; }

    public string? Format { get; init; }

    public EquatableArray<Node> Allowed { get; init; } = [];

    public EquatableArray<Rule> Rules { get; init; } = [];

    public string? Title { get; init; }

    public Node? Example { get; init; }

    /// <summary>Whether an explicit null is a value.</summary>
    public bool Nullable { get; init; }

    public bool PreserveUnknown { get; init; }

    public bool EmbeddedResource { get; init; }

    /// <summary>JSON names of the members that identify an item of a list; none takes those of the item's type.</summary>
    public EquatableArray<string> ListKeys { get; init; } = [];

    /// <summary>Whether the value is a list that is a set.</summary>
    public bool UniqueItems { get; init; }

    public ExternalDocs? ExternalDocs { get; init; }

    /// <summary>Whether the value is a list or object that server-side apply replaces as a whole.</summary>
    public bool Atomic { get; init; }

    /// <summary>Whether the value cannot change once it is set.</summary>
    public bool Immutable { get; init; }
}

/// <summary>Where more is said about a value.</summary>
internal sealed record ExternalDocs(string Url, string? Description);

/// <summary>A CEL rule (<c>x-kubernetes-validations</c>).</summary>
internal sealed record Rule(
    string Expression,
    string? Message = null,
    string? MessageExpression = null,
    string? Reason = null,
    string? FieldPath = null,
    bool OptionalOldSelf = false);
