namespace OperatorKit;

/// <summary>Server-side apply treats the list, set, dictionary or object as one value with one owner, and not member by member.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class AtomicAttribute : Attribute;

/// <summary>Members that the schema does not know are kept and not pruned.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PreserveUnknownFieldsAttribute : Attribute;

/// <summary>The value is a whole Kubernetes object, with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class EmbeddedResourceAttribute : Attribute;
