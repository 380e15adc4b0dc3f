using OperatorKit.Models;

namespace OperatorKit;

/// <summary>Anything with an API version, a kind and metadata.</summary>
public interface IKubernetesObject
{
    /// <summary>Group and version, as in <c>apps/v1</c>; the core group has no prefix.</summary>
    string ApiVersion { get; }

    /// <summary>The kind, as in <c>ReplicaSet</c>.</summary>
    string Kind { get; }

    /// <summary>Name, namespace, labels and the rest of the standard metadata.</summary>
    V1ObjectMeta Metadata { get; }
}
