namespace OperatorKit;

/// <summary>
/// Says that an operator makes objects of a kind for its resource: it watches them, a change to one brings its owner back
/// to the handler, and the role of the operator may read and write them.
/// </summary>
/// <typeparam name="T">The kind of the children.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OwnsAttribute<T> : Attribute
    where T : class, IKubernetesResource<T>;
