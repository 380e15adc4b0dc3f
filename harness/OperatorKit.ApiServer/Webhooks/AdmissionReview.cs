using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>The question to a webhook and the reading of its answer. See https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#request.</summary>
internal static class AdmissionReview
{
    public static JsonObject Ask(AdmissionRequest request, string uid)
    {
        var (target, shown) = (request.Target, request.Object ?? request.OldObject!);
        var addressed = request.Addressed ?? target;
        var (group, version) = GroupVersion.Parse(shown.StringAt("apiVersion") ?? target.ApiVersion);
        var kind = JsonObject.Of(("group", group), ("version", version), ("kind", shown.StringAt("kind") ?? target.Type.Kind));
        var resource = JsonObject.Of(("group", target.Type.Group), ("version", target.Version.Name), ("resource", target.Type.Plural));
        var asked = new JsonObject.Builder { ["uid"] = uid, ["kind"] = kind, ["resource"] = resource };
        if (target.Subresource is { } subresource)
            asked["subResource"] = subresource;
        asked["requestKind"] = RequestKind(kind, addressed, target);
        asked["requestResource"] = resource.With("group", addressed.Type.Group).With("version", addressed.Version.Name);
        if (target.Subresource is { } requested)
            asked["requestSubResource"] = requested;
        if (!string.IsNullOrEmpty(target.Name))
            asked["name"] = target.Name;
        if (target.Namespace is { } ns)
            asked["namespace"] = ns;
        asked["operation"] = request.Operation;
        asked["userInfo"] = request.Request.User.ToJson();
        asked["object"] = request.Object ?? JsonValue.Null;
        asked["oldObject"] = request.OldObject ?? JsonValue.Null;
        asked["dryRun"] = request.Request.DryRun;
        asked["options"] = request.Options;
        return JsonObject.Of(("kind", "AdmissionReview"), ("apiVersion", "admission.k8s.io/v1"), ("request", asked.Build()));
    }

    private static JsonObject RequestKind(JsonObject kind, ResourceTarget addressed, ResourceTarget target)
    {
        if (ReferenceEquals(addressed, target) || target.Subresource == "scale")
            return kind;
        kind = kind.With("version", addressed.Version.Name);
        return ReferenceEquals(addressed.Type, target.Type) ? kind : kind.With("group", addressed.Type.Group);
    }

    /// <summary>The response of an answer.</summary>
    /// <exception cref="WebhookCallException">The answer is not one to the question.</exception>
    public static JsonObject Response(JsonObject review, string uid)
    {
        var response = review.ObjectAt("response") ?? throw new WebhookCallException("received invalid webhook response: webhook response is missing");
        var (apiVersion, kind) = (review.StringAt("apiVersion") ?? "", review.StringAt("kind") ?? "");
        if (kind != "AdmissionReview" || apiVersion is not "admission.k8s.io/v1")
            throw new WebhookCallException($"received invalid webhook response: expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got {apiVersion}, Kind={kind}");
        var got = response.StringAt("uid") ?? "";
        return got == uid ? response : throw new WebhookCallException($"received invalid webhook response: expected response.uid=\"{uid}\", got \"{got}\"");
    }

    /// <summary>What the client is told when a webhook says no.</summary>
    public static StatusException Denied(string webhook, JsonObject? status)
    {
        var denied = $"admission webhook \"{webhook}\" denied the request";
        var (reason, message) = (status?.StringAt("reason") ?? "", status?.StringAt("message") ?? "");
        var text = message.Length > 0 ? $"{denied}: {message}" : reason.Length > 0 ? $"{denied}: {reason}" : $"{denied} without explanation";
        var code = status?.LongAt("code") is { } given and >= 400 ? (int)given : 400;
        return new StatusException(code, reason, text, status?.ObjectAt("details"));
    }
}
