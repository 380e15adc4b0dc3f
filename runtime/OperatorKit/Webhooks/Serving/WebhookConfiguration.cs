using System.Text.Json.Nodes;
using OperatorKit.Webhooks.Admission;

namespace OperatorKit.Webhooks.Serving;

/// <summary>Writes webhook configurations for an API server on the same machine; the generator writes those of a cluster.</summary>
internal static class WebhookConfiguration
{
    public static readonly ResourceDefinition Validating = Definition("ValidatingWebhookConfiguration");
    public static readonly ResourceDefinition Mutating = Definition("MutatingWebhookConfiguration");

    /// <summary>The sorts of configurations that there are webhooks of.</summary>
    public static IEnumerable<ResourceDefinition> DefinitionsOf(IReadOnlyList<WebhookRegistration> registrations)
    {
        if (registrations.Any(static r => r.Validating is not null))
            yield return Validating;
        if (registrations.Any(static r => r.Mutating is not null))
            yield return Mutating;
    }

    /// <summary>The configurations; none of a sort that no webhook is of.</summary>
    public static IEnumerable<(ResourceDefinition Definition, JsonObject Content)> Of(
        string name, IReadOnlyList<WebhookRegistration> registrations, IReadOnlyList<string> namespaces, Func<string, JsonObject> clientConfig)
    {
        var validating = registrations.Where(static r => r.Validating is not null)
            .Select(r => Webhook("validate", r, r.Validating!, namespaces, clientConfig(r.ValidatingPath))).ToArray<JsonNode>();
        var mutating = registrations.Where(static r => r.Mutating is not null)
            .Select(r => Reinvoked(Webhook("mutate", r, r.Mutating!, namespaces, clientConfig(r.MutatingPath)), r.Mutating!)).ToArray<JsonNode>();
        if (validating.Length > 0)
            yield return (Validating, Configuration(Validating, name, validating));
        if (mutating.Length > 0)
            yield return (Mutating, Configuration(Mutating, name, mutating));
    }

    private static JsonObject Webhook(string what, WebhookRegistration registration, WebhookSettings settings, IReadOnlyList<string> namespaces, JsonObject clientConfig)
    {
        var definition = registration.Definition;
        var webhook = new JsonObject
        {
            ["name"] = WebhookNames.Webhook(what, definition),
            ["admissionReviewVersions"] = new JsonArray("v1"),
            ["clientConfig"] = clientConfig,
            ["failurePolicy"] = settings.FailurePolicy.ToString(),
            ["matchPolicy"] = settings.MatchPolicy.ToString(),
            ["sideEffects"] = settings.SideEffects.ToString(),
            ["timeoutSeconds"] = settings.TimeoutSeconds,
            ["rules"] = new JsonArray(new JsonObject
            {
                ["apiGroups"] = new JsonArray(definition.Group),
                ["apiVersions"] = new JsonArray(definition.Version),
                ["operations"] = Texts(Operations(settings.Operations)),
                ["resources"] = Texts([definition.Plural, .. settings.Subresources.Select(s => $"{definition.Plural}/{s}")]),
                ["scope"] = definition.Scope.ToString(),
            }),
        };
        if (NamespaceSelector(settings, definition.Scope == ResourceScope.Namespaced ? namespaces : []) is { } selector)
            webhook["namespaceSelector"] = selector;
        if (settings.ObjectSelector is not null)
            webhook["objectSelector"] = JsonNode.Parse(settings.ObjectSelector);
        if (settings.MatchConditions.Count > 0)
            webhook["matchConditions"] = new JsonArray([.. settings.MatchConditions.Select(static c => new JsonObject { ["name"] = c.Key, ["expression"] = c.Value })]);
        return webhook;
    }

    /// <summary>What the attribute asks for, and the operator's own namespaces.</summary>
    private static JsonObject? NamespaceSelector(WebhookSettings settings, IReadOnlyList<string> namespaces)
    {
        var selector = settings.NamespaceSelector is { } json ? JsonNode.Parse(json)!.AsObject() : null;
        if (namespaces.Count == 0)
            return selector;
        selector ??= [];
        if (selector["matchExpressions"] is not JsonArray expressions)
            selector["matchExpressions"] = expressions = [];
        expressions.Add((JsonNode)new JsonObject { ["key"] = "kubernetes.io/metadata.name", ["operator"] = "In", ["values"] = Texts(namespaces) });
        return selector;
    }

    private static JsonObject Reinvoked(JsonObject webhook, WebhookSettings settings)
    {
        webhook["reinvocationPolicy"] = settings.Reinvoke ? "IfNeeded" : "Never";
        return webhook;
    }

    private static JsonObject Configuration(ResourceDefinition definition, string name, JsonNode[] webhooks) => new()
    {
        ["apiVersion"] = definition.ApiVersion,
        ["kind"] = definition.Kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "OperatorKit" } },
        ["webhooks"] = new JsonArray(webhooks),
    };

    private static IEnumerable<string> Operations(AdmissionOperations operations)
    {
        if (operations.HasFlag(AdmissionOperations.Create))
            yield return "CREATE";
        if (operations.HasFlag(AdmissionOperations.Update))
            yield return "UPDATE";
        if (operations.HasFlag(AdmissionOperations.Delete))
            yield return "DELETE";
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static text => JsonValue.Create(text))]);

    private static ResourceDefinition Definition(string kind) => new()
    {
        Group = "admissionregistration.k8s.io",
        Version = "v1",
        Kind = kind,
        Plural = kind.ToLowerInvariant() + "s",
        Scope = ResourceScope.Cluster,
    };
}
