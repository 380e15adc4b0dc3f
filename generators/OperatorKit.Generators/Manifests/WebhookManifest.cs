using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>
/// Writes what the API server has to know to ask the operator: configurations and the Service, and the rights to put certificates into them.
/// Names and paths are those of <c>WebhookNames</c> in the runtime.
/// </summary>
internal static class WebhookManifest
{
    public const long Port = 9443;

    /// <summary>Whether the operator serves anything that the API server asks for.</summary>
    public static bool IsNeeded(OperatorModel model) => model.Webhooks.Count > 0 || model.Converted.Count > 0;

    public static string ServiceName(OperatorOptions options) => options.Name + "-webhook";

    /// <summary>The Service, which comes before the workload.</summary>
    public static Node Service(OperatorOptions options) => new Fields
    {
        { "apiVersion", "v1" },
        { "kind", "Service" },
        { "metadata", AccessManifest.Metadata(ServiceName(options), options.Namespace, options) },
        {
            "spec", new Fields
            {
                { "selector", new Fields { { "app.kubernetes.io/name", options.Name } } },
                { "ports", Sequence.Of(new Fields { { "name", "webhooks" }, { "port", 443 }, { "targetPort", "webhooks" } }) },
            }
        },
    };

    /// <summary>The configurations, which come after the workload: what they guard waits for it.</summary>
    public static IEnumerable<Node> Configurations(OperatorModel model)
    {
        var validating = model.Webhooks.Where(static w => w.Validating is not null).ToList();
        if (validating.Count > 0)
            yield return Configuration("ValidatingWebhookConfiguration", model.Options, validating.Select(w => Webhook("validate", w, w.Validating!, model.Options)));
        var mutating = model.Webhooks.Where(static w => w.Mutating is not null).ToList();
        if (mutating.Count > 0)
            yield return Configuration("MutatingWebhookConfiguration", model.Options, mutating.Select(w => Webhook("mutate", w, w.Mutating!, model.Options)));
    }

    /// <summary>The part of a definition that says who converts.</summary>
    public static Fields Conversion(OperatorOptions options) => new()
    {
        { "strategy", "Webhook" },
        {
            "webhook", new Fields
            {
                { "clientConfig", ClientConfig("/convert", options) },
                { "conversionReviewVersions", Sequence.Of("v1") },
            }
        },
    };

    /// <summary>Rights in the cluster: to put whom to trust into the configurations and definitions, and into no others.</summary>
    public static IEnumerable<PolicyRule> ClusterRules(OperatorModel model)
    {
        string[] verbs = ["get", "patch"];
        if (model.Webhooks.Any(static w => w.Validating is not null))
            yield return new PolicyRule(["admissionregistration.k8s.io"], ["validatingwebhookconfigurations"], verbs, [model.Options.Name]);
        if (model.Webhooks.Any(static w => w.Mutating is not null))
            yield return new PolicyRule(["admissionregistration.k8s.io"], ["mutatingwebhookconfigurations"], verbs, [model.Options.Name]);
        if (model.Converted.Count > 0)
            yield return new PolicyRule(["apiextensions.k8s.io"], ["customresourcedefinitions"], verbs, model.Converted);
    }

    /// <summary>Rights in the operator's namespace: its one Secret. A right to create cannot be bound to a name.</summary>
    public static IEnumerable<PolicyRule> SecretRules(OperatorOptions options) =>
    [
        new PolicyRule([""], ["secrets"], ["create"]),
        new PolicyRule([""], ["secrets"], ["get", "patch"], [options.Name + "-webhook-certificates"]),
    ];

    private static Node Configuration(string kind, OperatorOptions options, IEnumerable<Node> webhooks) => new Fields
    {
        { "apiVersion", "admissionregistration.k8s.io/v1" },
        { "kind", kind },
        { "metadata", AccessManifest.Metadata(options.Name, null, options) },
        { "webhooks", Sequence.Of([.. webhooks]) },
    };

    private static Node Webhook(string what, WebhookModel webhook, WebhookCall call, OperatorOptions options)
    {
        var resource = webhook.Resource;
        var path = $"/{what}-{resource.Group.Replace('.', '-')}-{webhook.Version}-{webhook.Kind.ToLowerInvariant()}";
        return new Fields
        {
            { "name", $"{what}.{webhook.Version}.{resource.Plural}.{(resource.Group.Length > 0 ? resource.Group : "core")}" },
            { "admissionReviewVersions", Sequence.Of("v1") },
            { "clientConfig", ClientConfig(path, options) },
            { "failurePolicy", call.FailurePolicy },
            { "matchPolicy", call.MatchPolicy },
            { "matchConditions", call.MatchConditions.Count == 0 ? null : Sequence.Of([.. call.MatchConditions.Select(static c => (Node)new Fields { { "name", c.Key }, { "expression", c.Value } })]) },
            { "namespaceSelector", SelectorManifest.Of(Namespaces(webhook, call, options)) },
            { "objectSelector", SelectorManifest.Of(call.ObjectSelector) },
            { "reinvocationPolicy", what == "mutate" && call.Reinvoke ? "IfNeeded" : null },
            {
                "rules", Sequence.Of(new Fields
                {
                    { "apiGroups", Sequence.Of(resource.Group) },
                    { "apiVersions", Sequence.Of(webhook.Version) },
                    { "operations", Sequence.Of(Operations(call.Operations)) },
                    { "resources", Sequence.Of([resource.Plural, .. call.Subresources.Select(s => $"{resource.Plural}/{s}")]) },
                    { "scope", resource.IsClusterScoped ? "Cluster" : "Namespaced" },
                })
            },
            { "sideEffects", call.SideEffects },
            { "timeoutSeconds", call.TimeoutSeconds },
        };
    }

    /// <summary>A namespaced operator has no business with the objects of others.</summary>
    private static EquatableArray<LabelRequirement> Namespaces(WebhookModel webhook, WebhookCall call, OperatorOptions options) => options.IsNamespaced && !webhook.Resource.IsClusterScoped
        ? [.. call.NamespaceSelector, new LabelRequirement("kubernetes.io/metadata.name", "In", [options.Namespace])]
        : call.NamespaceSelector;

    private static Node ClientConfig(string path, OperatorOptions options) => new Fields
    {
        { "service", new Fields { { "name", ServiceName(options) }, { "namespace", options.Namespace }, { "path", path } } },
    };

    private static IEnumerable<string> Operations(int flags)
    {
        if ((flags & 1) != 0)
            yield return "CREATE";
        if ((flags & 2) != 0)
            yield return "UPDATE";
        if ((flags & 4) != 0)
            yield return "DELETE";
    }
}
