using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Defaults;

/// <summary>Defaults of webhook configurations and admission policies.</summary>
internal static class AdmissionDefaults
{
    public static JsonObject Validating(JsonObject configuration) => configuration.ChangeEach("webhooks", Webhook);

    public static JsonObject Mutating(JsonObject configuration) =>
        configuration.ChangeEach("webhooks", static webhook => Webhook(webhook).OrDefault("reinvocationPolicy", "Never"));

    public static JsonObject Policy(JsonObject policy) => policy.Change("spec", static spec => spec
        .OrDefault("failurePolicy", "Fail")
        .Change("matchConstraints", Matching));

    public static JsonObject MutatingPolicy(JsonObject policy) => Policy(policy).Change("spec", static spec => spec.OrDefaultText("reinvocationPolicy", "Never"));

    public static JsonObject Binding(JsonObject binding) => binding.Change("spec", static spec => spec
        .Change("matchResources", Matching));

    private static JsonObject Webhook(JsonObject webhook) => webhook
        .OrDefault("failurePolicy", "Fail")
        .OrDefault("matchPolicy", "Equivalent")
        .OrDefault("namespaceSelector", JsonObject.Empty)
        .OrDefault("objectSelector", JsonObject.Empty)
        .OrDefault("timeoutSeconds", 10)
        .ChangeEach("rules", Scoped)
        .Change("clientConfig", ClientConfig);

    /// <summary>A webhook's address with the port of its service filled in.</summary>
    internal static JsonObject ClientConfig(JsonObject config) => config.Change("service", static service => service.OrDefault("port", 443));

    private static JsonObject Matching(JsonObject resources) => resources
        .OrDefault("matchPolicy", "Equivalent")
        .OrDefault("namespaceSelector", JsonObject.Empty)
        .OrDefault("objectSelector", JsonObject.Empty)
        .ChangeEach("resourceRules", Scoped)
        .ChangeEach("excludeResourceRules", Scoped);

    private static JsonObject Scoped(JsonObject rule) => rule.OrDefault("scope", "*");
}
