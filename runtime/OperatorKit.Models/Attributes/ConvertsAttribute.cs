namespace OperatorKit;

/// <summary>
/// Marks a static method that converts what the generator cannot: <c>static B Any(A from, B mapped)</c> gets what could be mapped and completes it, as in
/// <c>mapped with { Hosts = [from.Host] }</c>; <c>static B Any(A from)</c> converts all of it. <c>A</c> and <c>B</c> are records or enums of
/// two versions of a kind.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConvertsAttribute : Attribute;
