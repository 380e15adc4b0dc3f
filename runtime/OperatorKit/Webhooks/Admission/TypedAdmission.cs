using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Webhooks.Json;

namespace OperatorKit.Webhooks.Admission;

/// <summary>Brings requests to a typed webhook and its word back.</summary>
internal sealed class TypedAdmission<T>(AdmissionWebhook<T> webhook)
    where T : class, IKubernetesResource<T>
{
    public async Task<JsonObject> ValidateAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var subject = Subject(request);
        AdmissionRequest<T> asked;
        T resource;
        try
        {
            asked = AdmissionReview.Read<T>(request);
            resource = ModelJson.Read<T>(subject);
        }
        catch (JsonException exception)
        {
            // It has passed the schema, so that the type of the webhook is older or newer than the definition.
            var text = $"{T.Definition.Kind} \"{AdmissionReview.Text(request, "name")}\" does not fit the type that this operator knows: {exception.Message}";
            return AdmissionReview.Deny(request, [], 422, "Invalid", text);
        }

        var result = await webhook.ValidateAsync(resource, asked, cancellationToken).ConfigureAwait(false);
        if (result.Denial is { } denial)
            return AdmissionReview.Deny(request, result.Warnings, 403, "Forbidden", denial);
        return result.Errors.Count > 0 ? Invalid(request, result, resource.Metadata.Name ?? asked.Name) : AdmissionReview.Allow(request, result.Warnings, []);
    }

    public async Task<JsonObject> MutateAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (AdmissionReview.OperationOf(request) == AdmissionOperations.Delete)
            return AdmissionReview.Allow(request, [], []);
        var subject = Subject(request);
        AdmissionRequest<T> asked;
        T resource;
        try
        {
            asked = AdmissionReview.Read<T>(request);
            resource = ModelJson.Read<T>(subject);
        }
        catch (JsonException)
        {
            // The schema is checked after this: it has the better words for what is wrong.
            return AdmissionReview.Allow(request, [], []);
        }

        // Written before the webhook has it, which may change lists in place.
        var before = ModelJson.Write(resource);
        var changed = await webhook.MutateAsync(resource, asked, cancellationToken).ConfigureAwait(false);
        var target = UnknownMembers.Change(subject, before, ModelJson.Write(changed));
        return AdmissionReview.Allow(request, [], JsonDifference.Between(subject, target));
    }

    /// <summary>The object that the request is about: a delete has only the old one.</summary>
    private static JsonObject Subject(JsonObject request) =>
        request["object"] as JsonObject ?? request["oldObject"] as JsonObject ?? throw new JsonException("The request has no object.");

    private static JsonObject Invalid(JsonObject request, AdmissionResult result, string name)
    {
        var errors = string.Join(", ", result.Errors);
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{T.Definition.Kind}{(T.Definition.Group.Length > 0 ? "." + T.Definition.Group : "")} \"{name}\" is invalid: {(result.Errors.Count > 1 ? $"[{errors}]" : errors)}");
        var details = new JsonObject
        {
            ["name"] = name,
            ["group"] = T.Definition.Group,
            ["kind"] = T.Definition.Kind,
            ["causes"] = new JsonArray([.. result.Errors.Select(static e => new JsonObject { ["reason"] = e.Reason, ["message"] = e.Message, ["field"] = e.Field })]),
        };
        return AdmissionReview.Deny(request, result.Warnings, 422, "Invalid", message, details);
    }
}
