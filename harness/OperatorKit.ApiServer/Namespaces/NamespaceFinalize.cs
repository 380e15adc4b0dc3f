using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Namespaces;

/// <summary>
/// PUT of <c>/finalize</c>: sets <c>spec.finalizers</c>, the only way to do so. A terminating namespace without any is gone with it.
/// </summary>
internal sealed class NamespaceFinalize(Store store)
{
    public Task<WriteResult> HandleAsync(ResourceTarget target, string verb, RequestBody? body, RequestContext request, CancellationToken cancellationToken)
    {
        if (verb != "update" || body is null)
            throw Failures.MethodNotAllowed();
        var finalizers = body.Value.ArrayAt("spec", "finalizers") ?? JsonArray.Empty;
        if (Errors(finalizers).ToArray() is { Length: > 0 } errors)
            throw Failures.Invalid(target.Type, target.Name!, errors);
        while (true)
        {
            var stored = store.Find(WellKnown.Namespaces, null, target.Name!) ?? throw Failures.NotFound(WellKnown.Namespaces, target.Name!);
            if (body.Value.ResourceVersion is { Length: > 0 } version && version != stored.Value.ResourceVersion)
                throw Failures.ModifiedConflict(WellKnown.Namespaces, target.Name!);
            var next = WithFinalizers(stored.Value, finalizers);
            if (request.DryRun || TryCommit(stored, ref next))
                return Task.FromResult(new WriteResult(next, Created: false));
        }
    }

    /// <summary>Whether nothing holds a namespace any more that is to be deleted.</summary>
    public static bool IsFinished(JsonObject item) =>
        item.IsDeleting && !item.Finalizers.Any() && item.ArrayAt("spec", "finalizers") is null or { Count: 0 };

    private static IEnumerable<FieldError> Errors(JsonArray finalizers)
    {
        for (var i = 0; i < finalizers.Count; i++)
        {
            var name = (finalizers[i] as JsonString)?.Value ?? "";
            foreach (var problem in MetadataValidation.FinalizerProblems(name))
                yield return FieldError.Invalid(string.Create(CultureInfo.InvariantCulture, $"spec.finalizers[{i}]"), name, problem);
        }
    }

    private bool TryCommit(StoredObject stored, ref JsonObject next)
    {
        if (IsFinished(next))
            return store.TryRemove(WellKnown.Namespaces, stored) is not null;
        if (store.TryPut(WellKnown.Namespaces, null, stored.Name, next, stored) is not { } committed)
            return false;
        next = committed.Value;
        return true;
    }

    private static JsonObject WithFinalizers(JsonObject item, JsonArray finalizers) => finalizers.Count == 0
        ? item.With("spec", JsonObject.Empty)
        : item.WithAt(["spec", "finalizers"], finalizers);
}
