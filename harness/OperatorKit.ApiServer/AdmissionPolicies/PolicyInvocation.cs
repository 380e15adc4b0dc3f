using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>A policy to be evaluated for a write: once for each binding and each object of parameters.</summary>
/// <param name="Version">The version in which the policy sees the object.</param>
/// <param name="Parameters">The object of parameters; null for none.</param>
internal sealed record PolicyInvocation(JsonObject Policy, JsonObject Binding, ResourceVersion Version, JsonObject? Parameters);

/// <summary>Why a policy refuses a write, or cannot be evaluated.</summary>
/// <param name="Binding">Null where the policy itself is at fault.</param>
/// <param name="Reason">The reason of the answer; null to leave it as it is.</param>
internal sealed record PolicyFailure(JsonObject Policy, JsonObject? Binding, string Message, string? Reason = null)
{
    /// <summary>Whether the policy lets a write through that it cannot be evaluated for.</summary>
    public bool IsIgnored => Policy.StringAt("spec", "failurePolicy") == "Ignore";
}
