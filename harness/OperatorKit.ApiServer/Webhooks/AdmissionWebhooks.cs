using OperatorKit.ApiServer.AdmissionPolicies;
using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>
/// Asks the webhooks that are configured: the mutating ones in the order of their configurations' names, the validating ones all at once.
/// See https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/.
/// </summary>
internal sealed class AdmissionWebhooks(ApiOperations operations, RbacAuthorizer authorizer, IdentifierSource identifiers, WebhookClient client) : IAdmission
{
    private static readonly GroupResource Mutating = new("admissionregistration.k8s.io", "mutatingwebhookconfigurations");
    private static readonly GroupResource Validating = new("admissionregistration.k8s.io", "validatingwebhookconfigurations");

    public async ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var calls = request.Reinvocation.CallsOf(this);
        calls.Begin(request.Object);
        foreach (var (call, webhook) in Configured(Mutating, request))
        {
            if (!calls.IsDue(call) || await SeenAsync(webhook, request, cancellationToken).ConfigureAwait(false) is not { } seen)
                continue;
            var before = request.Object;
            request = await MutateAsync(webhook, seen, request, cancellationToken).ConfigureAwait(false);
            calls.Made(call, changed: !Equals(before, request.Object), reinvocable: webhook.StringAt("reinvocationPolicy") == "IfNeeded");
        }

        calls.End(request.Object);
        return request.Object;
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == "DELETE")
            await MutateAsync(request, cancellationToken).ConfigureAwait(false);
        var concerned = new List<(JsonObject Webhook, AdmissionRequest Seen)>();
        foreach (var (_, webhook) in Configured(Validating, request))
        {
            if (await SeenAsync(webhook, request, cancellationToken).ConfigureAwait(false) is { } seen)
                concerned.Add((webhook, seen));
        }

        var calls = concerned.Select(entry => AskAsync(entry.Webhook, entry.Seen, cancellationToken)).ToList();
        foreach (var call in calls)
            await call.ConfigureAwait(false);
    }

    private IEnumerable<((string Configuration, int Index) Call, JsonObject Webhook)> Configured(GroupResource resource, AdmissionRequest request)
    {
        var configurations = operations.Store.Read(resource).Objects;
        return configurations.Count == 0 || WebhookMatching.IsExempt(request)
            ? []
            : configurations.In(null).SelectMany(static stored => stored.Value.Objects("webhooks").Select((webhook, index) => ((stored.Name, index), webhook)));
    }

    /// <summary>The request as the webhook is to see it, or null when it is not to see it.</summary>
    private async ValueTask<AdmissionRequest?> SeenAsync(JsonObject webhook, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (WebhookMatching.TargetFor(webhook, request, operations) is not { } target)
            return null;
        var seen = await operations.SeenAsAsync(request, target, cancellationToken).ConfigureAwait(false);
        if (webhook.ArrayAt("matchConditions") is not { Count: > 0 })
            return seen;
        var (holds, error) = AdmissionExpressions.Conditions(webhook, AdmissionExpressions.WithAuthorizer(AdmissionExpressions.Scope(seen, null, null), seen, authorizer));
        if (error is null || webhook.StringAt("failurePolicy") == "Ignore")
            return holds ? seen : null;
        throw Failures.Forbidden(request.Target.Type.Resource, request.Target.Name ?? "", error);
    }

    private async Task<AdmissionRequest> MutateAsync(JsonObject webhook, AdmissionRequest seen, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var response = await AskAsync(webhook, seen, cancellationToken).ConfigureAwait(false);
        if (response?.StringAt("patch") is not { Length: > 0 } encoded)
            return request;
        if (seen.Object is not { } value)
            throw Failures.Internal($"admission webhook \"{webhook.StringAt("name")}\" attempted to modify the object, which is not supported for this operation");
        seen = seen with { Object = (JsonObject)Patched(value, encoded) };
        return request with { Object = await operations.FromSeenAsync(seen, request, cancellationToken).ConfigureAwait(false) };
    }

    private static JsonValue Patched(JsonValue value, string encoded)
    {
        try
        {
            var patch = JsonParser.Parse(Convert.FromBase64String(encoded)).Value as JsonArray ?? throw Failures.Internal("the patch of a webhook is no list of operations");
            value = AdmissionPatch.Apply(value, patch.Items.OfType<JsonObject>());
            return value is JsonObject ? value : throw Failures.Internal("the patch of a webhook leaves no object");
        }
        catch (AdmissionPatchException e)
        {
            throw Failures.Internal(e.Message);
        }
        catch (Exception e) when (e is FormatException or JsonSyntaxException)
        {
            throw Failures.Internal($"the patch of a webhook cannot be read: {e.Message}");
        }
    }

    /// <summary>The response of a webhook that says yes, or null when it failed and may.</summary>
    /// <exception cref="StatusException">It says no, or failed and may not.</exception>
    private async Task<JsonObject?> AskAsync(JsonObject webhook, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var name = webhook.StringAt("name") ?? "";
        if (request.Request.DryRun && webhook.StringAt("sideEffects") is not ("None" or "NoneOnDryRun"))
            throw Failures.BadRequest($"admission webhook \"{name}\" does not support dry run");
        var response = await CallAsync(webhook, name, request, cancellationToken).ConfigureAwait(false);
        if (response is null)
            return null;
        foreach (var warning in (response.ArrayAt("warnings") ?? JsonArray.Empty).Items.OfType<JsonString>())
            request.Request.Warn(warning.Value);
        return response.BoolAt("allowed") == true ? response : throw AdmissionReview.Denied(name, response.ObjectAt("status"));
    }

    private async Task<JsonObject?> CallAsync(JsonObject webhook, string name, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var uid = identifiers.Uid();
        var timeout = TimeSpan.FromSeconds(webhook.LongAt("timeoutSeconds") ?? 10);
        try
        {
            var review = await CallAsync(webhook, AdmissionReview.Ask(request, uid), timeout, cancellationToken).ConfigureAwait(false);
            return AdmissionReview.Response(review, uid);
        }
        catch (WebhookCallException e)
        {
            return webhook.StringAt("failurePolicy") == "Ignore" ? null : throw Failures.Internal($"failed calling webhook \"{name}\": {e.Message}");
        }
    }

    private async Task<JsonObject> CallAsync(JsonObject webhook, JsonObject review, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await client.PostAsync(webhook.ObjectAt("clientConfig") ?? JsonObject.Empty, timeout, review, cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookCallException e)
        {
            throw new WebhookCallException($"failed to call webhook: {e.Message}");
        }
    }
}
