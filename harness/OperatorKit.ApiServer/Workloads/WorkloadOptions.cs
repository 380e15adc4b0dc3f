using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>How the simulated node treats pods.</summary>
internal sealed record WorkloadOptions
{
    /// <summary>The name of the only node.</summary>
    public string NodeName { get; init; } = "node-1";

    /// <summary>From the start of a pod until it is ready; until it is finished for the pods of a Job.</summary>
    public TimeSpan StartDelay { get; init; } = TimeSpan.Zero;

    /// <summary>From the deletion of a pod until it is gone, at most its grace period.</summary>
    public TimeSpan StopDelay { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Tells how a pod turns out; null asks nothing and lets pods whose image name contains <c>fail</c> fail.
    /// It must give the same answer for the same pod.
    /// </summary>
    public Func<JsonObject, PodOutcome>? Outcome { get; init; }
}

/// <summary>What becomes of a pod after its start.</summary>
internal enum PodOutcome
{
    /// <summary>It runs and is ready, and for a Job it succeeds.</summary>
    Works,

    /// <summary>Its containers crash: never ready, and failed where nothing restarts them.</summary>
    Crashes,

    /// <summary>Its image cannot be pulled: pending for ever.</summary>
    ImageMissing,

    /// <summary>It runs and never becomes ready.</summary>
    NeverReady,
}
