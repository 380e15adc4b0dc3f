using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The rules of built-in kinds beyond their types: the part of Kubernetes' validation that users run into.</summary>
internal static class BuiltInValidation
{
    /// <summary>The check of a kind, given the new object and the stored one on update; null where there is none.</summary>
    public static Func<JsonObject, JsonObject?, IEnumerable<FieldError>>? Of(string group, string kind) => (group, kind) switch
    {
        _ => null,
    };
}
