namespace OperatorKit.Testing;

/// <summary>What a test needs of its cluster. What a provider cannot give (a clock, a seed) it ignores.</summary>
public sealed record TestClusterOptions
{
    /// <summary>What to run on. Default: the environment variable <c>OPERATORKIT_CLUSTER</c> (embedded, envtest, existing or k3s), else embedded.</summary>
    public ClusterProvider? Provider { get; init; }

    /// <summary>Whether an embedded cluster runs simulated workloads, so that pods become ready. Default: true.</summary>
    public bool Workloads { get; init; } = true;

    /// <summary>Whether an embedded cluster opens no socket: the client reaches it in memory, nobody else can. Default: false.</summary>
    public bool InMemory { get; init; }

    /// <summary>Whether an embedded cluster speaks HTTPS. Default: false.</summary>
    public bool Https { get; init; }

    /// <summary>The clock of an embedded cluster and of the client. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the uids and names of an embedded cluster repeatable. Default: random.</summary>
    public int? Seed { get; init; }

    /// <summary>How long <c>EventuallyAsync</c> waits, by the system's clock. Default: 30 seconds on an embedded cluster, which a busy machine may need, else 60.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>The image of a k3s cluster. Default: the environment variable <c>OPERATORKIT_K3S_IMAGE</c>, else a recent one.</summary>
    public string? K3sImage { get; init; }
}
