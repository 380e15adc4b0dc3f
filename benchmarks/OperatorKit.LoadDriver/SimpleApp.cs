namespace OperatorKit.LoadDriver;

/// <summary>As much of a SimpleApp as the driver writes; the operator under test has its own.</summary>
[KubernetesResource("example.com", "v1")]
public sealed partial record SimpleApp : CustomResource<SimpleAppSpec>;

/// <summary>What the driver asks for.</summary>
public sealed record SimpleAppSpec
{
    /// <summary>Size of the ReplicaSet.</summary>
    public int Replicas { get; init; } = 1;
}
