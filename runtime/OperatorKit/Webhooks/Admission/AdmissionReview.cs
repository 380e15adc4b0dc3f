using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Client;
using OperatorKit.Webhooks.Json;

namespace OperatorKit.Webhooks.Admission;

/// <summary>The question of the API server and the answer to it, as JSON (admission.k8s.io/v1).</summary>
internal static class AdmissionReview
{
    private const string ApiVersion = "admission.k8s.io/v1";

    /// <summary>Takes the request out of a review.</summary>
    /// <exception cref="JsonException">It is no review.</exception>
    public static JsonObject RequestOf(JsonNode? review)
    {
        if (review is not JsonObject members || Text(members, "kind") != "AdmissionReview" || Text(members, "apiVersion") != ApiVersion)
            throw new JsonException($"The body is no AdmissionReview of {ApiVersion}.");
        return members["request"] as JsonObject is { } request && Text(request, "uid").Length > 0
            ? request
            : throw new JsonException("The AdmissionReview has no request, or one without a uid.");
    }

    /// <summary>The request as a webhook sees it.</summary>
    /// <exception cref="JsonException">The old object does not fit the type.</exception>
    public static AdmissionRequest<T> Read<T>(JsonObject request)
        where T : class, IKubernetesResource<T> => new()
        {
            Operation = OperationOf(request),
            Old = request["oldObject"] is JsonObject old ? ModelJson.Read<T>(old) : null,
            User = UserOf(request["userInfo"] as JsonObject ?? []),
            IsDryRun = request["dryRun"] is JsonValue value && value.TryGetValue<bool>(out var isDryRun) && isDryRun,
            Name = Text(request, "name"),
            Namespace = Text(request, "namespace") is { Length: > 0 } home ? home : null,
            Subresource = Text(request, "subResource") is { Length: > 0 } subresource ? subresource : null,
            Uid = Text(request, "uid"),
        };

    public static AdmissionOperations OperationOf(JsonObject request) => Text(request, "operation") switch
    {
        "CREATE" => AdmissionOperations.Create,
        "UPDATE" => AdmissionOperations.Update,
        "DELETE" => AdmissionOperations.Delete,
        var other => throw new JsonException($"The operation \"{other}\" is none that this webhook is asked about."),
    };

    /// <summary>The answer that lets the request go on, changed where there are operations.</summary>
    public static JsonObject Allow(JsonObject request, IReadOnlyList<string> warnings, IReadOnlyList<JsonPatchOperation> operations)
    {
        var response = new JsonObject { ["uid"] = Text(request, "uid"), ["allowed"] = true };
        if (operations.Count > 0)
        {
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(Patch.Json([.. operations]).Body.Span);
        }

        return Answer(response, warnings);
    }

    /// <summary>The answer that refuses the request.</summary>
    public static JsonObject Deny(JsonObject request, IReadOnlyList<string> warnings, int code, string reason, string message, JsonObject? details = null)
    {
        var status = new JsonObject { ["code"] = code, ["reason"] = reason, ["message"] = message };
        if (details is not null)
            status["details"] = details;
        return Answer(new JsonObject { ["uid"] = Text(request, "uid"), ["allowed"] = false, ["status"] = status }, warnings);
    }

    public static string Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static JsonObject Answer(JsonObject response, IReadOnlyList<string> warnings)
    {
        if (warnings.Count > 0)
            response["warnings"] = new JsonArray([.. warnings.Select(static warning => JsonValue.Create(warning))]);
        return new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = "AdmissionReview", ["response"] = response };
    }

    private static AdmissionUser UserOf(JsonObject user) => new(Text(user, "username"))
    {
        Uid = Text(user, "uid"),
        Groups = Texts(user["groups"]),
        Extra = (user["extra"] as JsonObject ?? []).ToDictionary(static e => e.Key, static e => Texts(e.Value)),
    };

    private static IReadOnlyList<string> Texts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).OfType<JsonValue>().Select(static item => item.TryGetValue<string>(out var text) ? text : "")];
}
