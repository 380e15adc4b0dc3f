using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>A write on its way to the store, as admission sees it.</summary>
/// <param name="Operation"><c>CREATE</c>, <c>UPDATE</c> or <c>DELETE</c>.</param>
/// <param name="Object">The object as it would be stored; null on delete.</param>
/// <param name="OldObject">The stored object; null on create.</param>
internal sealed record AdmissionRequest(string Operation, ResourceTarget Target, JsonObject? Object, JsonObject? OldObject, RequestContext Request, JsonObject Options);

/// <summary>One step of admission. A refusal is a <see cref="Errors.StatusException"/>.</summary>
internal interface IAdmission
{
    /// <summary>Runs before validation; gives the object to go on with (the same one when there is nothing to change).</summary>
    ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) => new(request.Object);

    /// <summary>Runs after validation.</summary>
    ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
