namespace OperatorKit.Webhooks;

/// <summary>What webhooks are called and where they are; the generator writes the same into the manifests.</summary>
internal static class WebhookNames
{
    public const string ConversionPath = "/convert";

    public static string Path(string what, ResourceDefinition definition) =>
        $"/{what}-{definition.Group.Replace('.', '-')}-{definition.Version}-{definition.Kind.ToLowerInvariant()}";

    /// <summary>The name of one webhook in its configuration; three parts at least.</summary>
    public static string Webhook(string what, ResourceDefinition definition) =>
        $"{what}.{definition.Version}.{definition.Plural}.{(definition.Group.Length > 0 ? definition.Group : "core")}";

    public static string Service(string operatorName) => operatorName + "-webhook";

    public static string Secret(string operatorName) => operatorName + "-webhook-certificates";
}
