using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>What must be fulfilled by what says which requests a policy or a binding is for.</summary>
internal static class PolicyMatchRules
{
    /// <summary>The operations that a policy can change; there is nothing to change in a delete.</summary>
    private static readonly string[] MutableOperations = ["*", "CONNECT", "CREATE", "UPDATE"];

    public static IEnumerable<FieldError> Validate(JsonObject matching, string path) =>
    [
        .. Checks.OneOf(matching, path, "matchPolicy", "Equivalent", "Exact"),
        .. BuiltIns.Validation.Selectors.Validate(matching.ObjectAt("namespaceSelector") ?? JsonObject.Empty, $"{path}.namespaceSelector"),
        .. BuiltIns.Validation.Selectors.Validate(matching.ObjectAt("objectSelector") ?? JsonObject.Empty, $"{path}.objectSelector"),
        .. ResourceRules.Validate(matching, "resourceRules", path),
        .. ResourceRules.Validate(matching, "excludeResourceRules", path),
    ];

    /// <summary>The operations of the rules that a policy cannot change.</summary>
    public static IEnumerable<FieldError> OnlyMutable(JsonObject? matching, string path) => (matching ?? JsonObject.Empty).Objects("resourceRules")
        .SelectMany(static rule => rule.Strings("operations"))
        .Where(static operation => !MutableOperations.Contains(operation))
        .Select(operation => FieldError.NotSupported($"{path}.resourceRules.operations", operation, MutableOperations));
}
