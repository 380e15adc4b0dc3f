using System.Text.Json.Nodes;

namespace OperatorKit.ApiServer;

/// <summary>How simulated workloads behave. For <see cref="ApiServerOptions.Simulation"/>.</summary>
public sealed record WorkloadOptions
{
    /// <summary>The name of the only node. Default: <c>node-1</c>.</summary>
    public string NodeName { get; init; } = "node-1";

    /// <summary>How long pods take, by the server's clock, from their start until they are ready, or finished for a Job. Default: no time.</summary>
    public TimeSpan StartDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How long pods take from their deletion until they are gone, at most their grace period. Default: no time.</summary>
    public TimeSpan StopDelay { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Tells for a pod, given as JSON, what becomes of it; it must tell the same for the same pod.
    /// Default: null; pods whose image name contains <c>fail</c> crash, all others work.
    /// </summary>
    public Func<JsonObject, PodOutcome>? Outcome { get; init; }

    /// <summary>Kinds whose status a function of yours writes instead of the simulation. Default: none.</summary>
    public IReadOnlyList<ScriptedStatus> Scripts { get; init; } = [];
}

/// <summary>
/// Writes the status of objects in place of a controller. Works for every resource, custom ones included; for Deployments, ReplicaSets,
/// StatefulSets, DaemonSets, Jobs, CronJobs and pods it switches the simulation of that kind off.
/// </summary>
/// <param name="Group">The API group; "" for the core group.</param>
/// <param name="Resource">The resource in plural: <c>deployments</c>.</param>
/// <param name="Answer">Given the object as JSON, its status; null leaves it alone. The same object must get the same answer.</param>
public sealed record ScriptedStatus(string Group, string Resource, Func<JsonObject, JsonObject?> Answer)
{
    /// <summary>How long after the creation of an object, by the server's clock, the first answer is written. Default: no time.</summary>
    public TimeSpan After { get; init; } = TimeSpan.Zero;
}

/// <summary>What becomes of a pod after its start.</summary>
public enum PodOutcome
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
