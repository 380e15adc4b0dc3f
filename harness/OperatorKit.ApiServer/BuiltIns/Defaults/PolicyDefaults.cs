using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Defaults;

/// <summary>Defaults of the kinds around security, limits and scaling, and of definitions.</summary>
internal static class PolicyDefaults
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public static JsonObject RoleBinding(JsonObject binding) => binding
        .Change("roleRef", static role => role.OrDefaultText("apiGroup", RbacGroup))
        .ChangeEach("subjects", static subject => subject.StringAt("kind") is "User" or "Group" ? subject.OrDefaultText("apiGroup", RbacGroup) : subject);

    /// <summary>Plain text in <c>stringData</c> is only a way of writing <c>data</c>.</summary>
    public static JsonObject Secret(JsonObject secret)
    {
        if (secret.ObjectAt("stringData") is { } plain)
        {
            secret = secret.Without("stringData").ChangeOrAdd("data", data =>
            {
                var merged = data.ToBuilder();
                foreach (var (key, value) in plain)
                    merged[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes((value as JsonString)?.Value ?? ""));
                return merged.Build();
            });
        }

        return secret.OrDefaultText("type", "Opaque");
    }

    /// <summary>A node offers all that it has unless it says otherwise.</summary>
    public static JsonObject Node(JsonObject node) => node.Change("status", static status =>
        status["capacity"] is { } capacity and not JsonNull ? status.OrDefault("allocatable", capacity) : status);

    public static JsonObject FlowSchema(JsonObject schema) => schema.Change("spec", static spec => spec.OrDefaultNumber("matchingPrecedence", 1000));

    public static JsonObject PriorityLevel(JsonObject level) => level.Change("spec", static spec => spec
        .Change("exempt", static exempt => exempt.OrDefault("nominalConcurrencyShares", 0).OrDefault("lendablePercent", 0))
        .Change("limited", static limited => limited.OrDefault("nominalConcurrencyShares", 30).OrDefault("lendablePercent", 0)
            .Change("limitResponse", static response => response
                .Change("queuing", static queuing => queuing.OrDefaultNumber("handSize", 8).OrDefaultNumber("queues", 64).OrDefaultNumber("queueLengthLimit", 50)))));

    public static JsonObject PriorityClass(JsonObject priority) => priority.OrDefault("preemptionPolicy", "PreemptLowerPriority");

    public static JsonObject LimitRange(JsonObject range) => range.Change("spec", static spec => spec.ChangeEach("limits", static limit =>
    {
        if (limit.StringAt("type") != "Container")
            return limit;
        limit = Filled(limit, "default", "max");
        limit = Filled(limit, "defaultRequest", "default");
        return Filled(limit, "defaultRequest", "min");
    }));

    public static JsonObject HorizontalPodAutoscaler(JsonObject scaler) => scaler.Change("spec", static spec =>
    {
        spec = spec.OrDefault("minReplicas", 1);
        if (spec["metrics"] is not JsonArray { Count: > 0 })
            spec = spec.With("metrics", JsonArray.Of(CpuMetric()));
        return spec.Change("behavior", static behavior => behavior
            .ChangeOrAdd("scaleUp", static rules => Rules(rules.OrDefault("stabilizationWindowSeconds", 0), [("Pods", 4), ("Percent", 100)]))
            .ChangeOrAdd("scaleDown", static rules => Rules(rules, [("Percent", 100)])));
    });

    public static JsonObject ApiService(JsonObject service) => service.Change("spec", AdmissionDefaults.ClientConfig);

    public static JsonObject CustomResourceDefinition(JsonObject definition) => definition.Change("spec", static spec =>
    {
        spec = spec.Change("names", static names =>
        {
            var kind = names.StringAt("kind") ?? "";
            if (kind.Length > 0)
                names = names.OrDefaultText("singular", kind.ToLowerInvariant()).OrDefaultText("listKind", kind + "List");
            return names;
        });
        spec = spec.ChangeOrAdd("conversion", static conversion => conversion.OrDefaultText("strategy", "None")
            .Change("webhook", static webhook => webhook.Change("clientConfig", AdmissionDefaults.ClientConfig)));
        return spec;
    });

    private static JsonObject Filled(JsonObject limit, string key, string from)
    {
        if (limit.ObjectAt(from) is not { Count: > 0 } source)
            return limit;
        var target = (limit.ObjectAt(key) ?? JsonObject.Empty).ToBuilder();
        foreach (var (name, value) in source)
        {
            if (!target.ContainsKey(name))
                target[name] = value;
        }

        return limit.With(key, target.Build());
    }

    private static JsonObject CpuMetric() => JsonObject.Of(
        ("type", "Resource"),
        ("resource", JsonObject.Of(("name", "cpu"), ("target", JsonObject.Of(("type", "Utilization"), ("averageUtilization", 80))))));

    private static JsonObject Rules(JsonObject rules, (string Type, long Value)[] policies)
    {
        rules = rules.OrDefault("selectPolicy", "Max");
        return rules["policies"] is JsonArray { Count: > 0 }
            ? rules
            : rules.With("policies", JsonArray.Of(policies.Select(static policy => JsonObject.Of(("type", policy.Type), ("value", policy.Value), ("periodSeconds", 15)))));
    }
}
