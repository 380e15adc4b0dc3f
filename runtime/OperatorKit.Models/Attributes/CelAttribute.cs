namespace OperatorKit;

/// <summary>
/// A rule in CEL that the API server checks (<c>x-kubernetes-validations</c>). On a type, <c>self</c> is the object; on a member,
/// its value; <c>oldSelf</c> is what it was, and makes the rule apply to updates only.
/// </summary>
/// <param name="rule">The expression, as in <c>self.min &lt;= self.max</c>; names are those of JSON.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true, Inherited = false)]
public sealed class CelAttribute(string rule) : Attribute
{
    /// <summary>The expression.</summary>
    public string Rule { get; } = rule;

    /// <summary>What a user reads who breaks the rule. Default: the rule itself.</summary>
    public string? Message { get; init; }

    /// <summary>An expression that makes the message.</summary>
    public string? MessageExpression { get; init; }

    /// <summary>The machine-readable reason. Default: <see cref="CelReason.FieldValueInvalid"/>.</summary>
    public CelReason Reason { get; init; }

    /// <summary>The member that is to blame, as in <c>.max</c>. Default: the value that the rule is on.</summary>
    public string? FieldPath { get; init; }

    /// <summary>Whether a rule with <c>oldSelf</c> applies on creation too; <c>oldSelf</c> is an optional then. Default: false.</summary>
    public bool OptionalOldSelf { get; init; }
}

/// <summary>Why a value was refused.</summary>
public enum CelReason
{
    /// <summary>The value is wrong.</summary>
    FieldValueInvalid,

    /// <summary>The value may not be there.</summary>
    FieldValueForbidden,

    /// <summary>The value is missing.</summary>
    FieldValueRequired,

    /// <summary>The value is there already.</summary>
    FieldValueDuplicate,
}
