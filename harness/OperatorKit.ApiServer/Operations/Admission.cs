using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>A write on its way to the store, as admission sees it.</summary>
/// <param name="Operation"><c>CREATE</c>, <c>UPDATE</c> or <c>DELETE</c>.</param>
/// <param name="Object">The object as it would be stored; null on delete.</param>
/// <param name="OldObject">The stored object; null on create.</param>
internal sealed record AdmissionRequest(string Operation, ResourceTarget Target, JsonObject? Object, JsonObject? OldObject, RequestContext Request, JsonObject Options)
{
    /// <summary>What the client addressed, where a webhook or policy sees it as something else; null where it sees it as it is.</summary>
    public ResourceTarget? Addressed { get; init; }

    /// <summary>What the steps of this write's admission know of each other's changes.</summary>
    public Reinvocation Reinvocation { get; init; } = new();

    /// <summary>The refusal of an admission plugin. An object whose name is still to be generated goes by the beginning of it.</summary>
    /// <param name="causes">What the details of the answer name, one cause each.</param>
    public StatusException Forbidden(string why, params string[] causes) => Failures.Forbidden(
        Target.Type.Resource,
        Name,
        why,
        causes.Length == 0 ? null : JsonArray.Of(causes.Select(static cause => JsonObject.Of(("message", cause)))));

    private string Name =>
        ((string?[])[Target.Name, Object?.StringAt("metadata", "name"), Object?.StringAt("metadata", "generateName")]).FirstOrDefault(static name => !string.IsNullOrEmpty(name)) ?? "Unknown";
}

/// <summary>One step of admission. A refusal is a <see cref="Errors.StatusException"/>.</summary>
internal interface IAdmission
{
    /// <summary>Runs before validation; gives the object to go on with (the same one when there is nothing to change).</summary>
    ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) => new(request.Object);

    /// <summary>Runs after validation.</summary>
    ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
