namespace OperatorKit;

/// <summary>A kind that the API serves: it knows its group, version, plural and scope, and its JSON.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IKubernetesResource<TSelf> : IKubernetesObject, IJsonModel<TSelf>
    where TSelf : class, IKubernetesResource<TSelf>
{
    /// <summary>What the API calls this kind and where it serves it.</summary>
    static abstract ResourceDefinition Definition { get; }
}
