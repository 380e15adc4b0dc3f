using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>One overload of a function, method or operator.</summary>
internal sealed record CelFunction(string Name, bool IsMember, CelSignature Signature, Func<object[], object> Invoke)
{
    /// <summary>A function that is called by its name alone.</summary>
    public static CelFunction Global(string name, string signature, Func<object[], object> invoke) => new(name, false, CelSignature.Parse(signature), invoke);

    /// <summary>A function that is called on its first operand.</summary>
    public static CelFunction Member(string name, string signature, Func<object[], object> invoke) => new(name, true, CelSignature.Parse(signature), invoke);
}

/// <summary>An evaluation that cannot go on; becomes an error value at the call.</summary>
internal sealed class CelException(string message) : Exception(message);

/// <summary>A value of a type that only its own functions look into.</summary>
internal interface ICelOpaque
{
    string TypeName { get; }

    /// <summary>The size by which calls with it cost.</summary>
    long Size => 1;

    /// <summary>The length of the pattern that checking a text by it costs as much as.</summary>
    long PatternLength => 0;
}
