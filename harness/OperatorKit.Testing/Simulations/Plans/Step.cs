using System.Globalization;

namespace OperatorKit.Testing.Simulations.Plans;

/// <summary>What the users of the cluster do.</summary>
internal enum StepKind
{
    /// <summary>Creates an object of a kind that the operator handles.</summary>
    Create,

    /// <summary>Gives an object another spec.</summary>
    Update,

    /// <summary>Deletes an object.</summary>
    Delete,

    /// <summary>Changes an annotation of an object.</summary>
    Touch,

    /// <summary>Deletes what the operator has made.</summary>
    DeleteChild,

    /// <summary>Changes a field of a child that the operator has set.</summary>
    EditChild,
}

/// <summary>One act of a user.</summary>
/// <param name="At">When, from the start.</param>
/// <param name="Kind">What.</param>
/// <param name="Controller">Which of the operator's controllers it concerns.</param>
/// <param name="Target">Which object.</param>
/// <param name="Seed">Decides the details, such as the new spec.</param>
internal sealed record Step(TimeSpan At, StepKind Kind, int Controller, int Target, int Seed)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} object {Target + 1} at {At.TotalSeconds:0.000} s");
}
