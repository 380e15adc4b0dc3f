using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Namespaces;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>A namespace is active until it is deleted, and terminating from then on, whatever a client writes to its status.</summary>
internal static class NamespaceValidation
{
    public static IEnumerable<FieldError> Validate(JsonObject ns, JsonObject? old)
    {
        if (old is null)
        {
            foreach (var error in NamespaceFinalize.Errors(ns, static _ => "spec.finalizers"))
                yield return error;
        }

        if (old is null || ns.StringAt("status", "phase") is not { } phase)
            yield break;
        var isDeleting = ns.StringAt("metadata", "deletionTimestamp") is not null;
        if (!isDeleting && phase != "Active")
            yield return FieldError.Invalid("status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty");
        else if (isDeleting && phase != "Terminating")
            yield return FieldError.Invalid("status.Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    }
}
