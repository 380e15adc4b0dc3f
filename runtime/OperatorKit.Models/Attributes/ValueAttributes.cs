namespace OperatorKit;

/// <summary>The least value of a number; <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/> has both ends.</summary>
/// <param name="value">The bound.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MinimumAttribute(double value) : Attribute
{
    /// <summary>For integers, which a double does not hold exactly when they are large.</summary>
    /// <param name="value">The bound.</param>
    public MinimumAttribute(long value)
        : this((double)value)
    {
    }

    /// <summary>The bound.</summary>
    public double Value { get; } = value;

    /// <summary>Whether the bound itself is refused. Default: false.</summary>
    public bool IsExclusive { get; init; }
}

/// <summary>The greatest value of a number; <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/> has both ends.</summary>
/// <param name="value">The bound.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MaximumAttribute(double value) : Attribute
{
    /// <summary>For integers, which a double does not hold exactly when they are large.</summary>
    /// <param name="value">The bound.</param>
    public MaximumAttribute(long value)
        : this((double)value)
    {
    }

    /// <summary>The bound.</summary>
    public double Value { get; } = value;

    /// <summary>Whether the bound itself is refused. Default: false.</summary>
    public bool IsExclusive { get; init; }
}

/// <summary>A number is a multiple of another.</summary>
/// <param name="value">The other number.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MultipleOfAttribute(double value) : Attribute
{
    /// <summary>For integers, which a double does not hold exactly when they are large.</summary>
    /// <param name="value">The other number.</param>
    public MultipleOfAttribute(long value)
        : this((double)value)
    {
    }

    /// <summary>The other number.</summary>
    public double Value { get; } = value;
}

/// <summary>An OpenAPI format of a string that its C# type does not say, as in <c>ipv4</c> or <c>hostname</c>.</summary>
/// <param name="name">The format.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FormatAttribute(string name) : Attribute
{
    /// <summary>The format.</summary>
    public string Name { get; } = name;
}

/// <summary>A member keeps the value that it was given first: it can neither change nor go.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ImmutableAttribute : Attribute;

/// <summary>
/// An explicit null is a value of the member, apart from absence (<c>nullable: true</c>). C#'s question mark alone only
/// says that the member may be absent.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NullableValueAttribute : Attribute;

/// <summary>Field selectors may select by the member (<c>selectableFields</c>); at most eight a version.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SelectableFieldAttribute : Attribute;

/// <summary>
/// A regular expression that some part of a string matches, as OpenAPI has it. <see cref="System.ComponentModel.DataAnnotations.RegularExpressionAttribute"/>
/// does for most cases; it matches the whole string.
/// </summary>
/// <param name="expression">The expression, in RE2's syntax.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PatternAttribute(string expression) : Attribute
{
    /// <summary>The expression.</summary>
    public string Expression { get; } = expression;
}

/// <summary>What each item of a list or set, or each value of a dictionary, has to keep to.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ItemsAttribute : Attribute
{
    /// <summary>Least characters, items or members. Default: none.</summary>
    public int MinLength { get; init; }

    /// <summary>Most characters, items or members. Default: no limit.</summary>
    public int MaxLength { get; init; }

    /// <summary>A regular expression that some part of the string matches, in RE2's syntax.</summary>
    public string? Pattern { get; init; }

    /// <summary>The least number. Default: no limit.</summary>
    public long Minimum { get; init; }

    /// <summary>The greatest number. Default: no limit.</summary>
    public long Maximum { get; init; }

    /// <summary>The values that are allowed. Default: all.</summary>
    public object[] Allowed { get; init; } = [];
}
