using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>A policy to be evaluated for a write: once for each binding and each object of parameters.</summary>
/// <param name="Target">As what the policy sees the object.</param>
/// <param name="Parameters">The object of parameters; null for none.</param>
internal sealed record PolicyInvocation(JsonObject Policy, JsonObject Binding, ResourceTarget Target, JsonObject? Parameters)
{
    /// <summary>Something that keeps the policy from being evaluated.</summary>
    public PolicyFailure Failed(string message) => new(Policy, Binding, message);

    /// <summary>What the policy does not allow.</summary>
    public PolicyFailure Denied(string message, string? reason) => new(Policy, Binding, message) { Reason = reason, IsDecision = true };
}

/// <summary>Why a policy refuses a write, or cannot be evaluated.</summary>
/// <param name="Binding">Null where the policy itself is at fault.</param>
internal sealed record PolicyFailure(JsonObject Policy, JsonObject? Binding, string Message)
{
    /// <summary>The reason of the answer; null to leave it as it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the policy was evaluated and says no.</summary>
    public bool IsDecision { get; init; }

    /// <summary>Whether it refuses the write whatever the actions of the binding are.</summary>
    public bool IsUnconditional { get; init; }

    /// <summary>Whether the policy lets a write through that it cannot be evaluated for.</summary>
    public bool IsIgnored => !IsDecision && Policy.StringAt("spec", "failurePolicy") == "Ignore";
}
