namespace OperatorKit;

/// <summary>
/// Says that the operator's account does not make the calls in a class or method, as in a command that administrators run: they
/// add no rule to its role.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method | AttributeTargets.Constructor, Inherited = false)]
public sealed class RbacIgnoreAttribute : Attribute;
