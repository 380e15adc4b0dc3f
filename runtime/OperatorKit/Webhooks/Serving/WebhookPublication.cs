using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Webhooks.Admission;

namespace OperatorKit.Webhooks.Serving;

/// <summary>
/// Tells the API server where the webhooks are and whom to trust there: in a cluster the authorities go into the configurations that
/// the manifests bring; for an API server on the same machine the configurations are made, and deleted in the end.
/// </summary>
internal sealed partial class WebhookPublication(
    KubernetesClient client,
    WebhookAddress address,
    string configurationName,
    IReadOnlyList<WebhookRegistration> registrations,
    IReadOnlyList<KindConversion> conversions,
    IReadOnlyList<string> namespaces,
    ILogger logger)
{
    public static readonly ResourceDefinition Definitions = new()
    {
        Group = "apiextensions.k8s.io",
        Version = "v1",
        Kind = "CustomResourceDefinition",
        Plural = "customresourcedefinitions",
        Scope = ResourceScope.Cluster,
    };

    private readonly HashSet<string> _missing = [];

    /// <summary>Brings configurations and definitions up to date; writes only what differs.</summary>
    /// <param name="authorities">Whom to trust, as PEM; empty leaves that to somebody else.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PublishAsync(string authorities, CancellationToken cancellationToken)
    {
        foreach (var (definition, wanted) in Configurations(authorities))
        {
            if (address.Url is not null)
                await client.Dynamic(definition).ApplyAsync(new DynamicResource(wanted), new ApplyOptions { Force = true }, cancellationToken).ConfigureAwait(false);
            else if (authorities.Length > 0)
                await TrustAsync(definition, wanted, cancellationToken).ConfigureAwait(false);
        }

        foreach (var conversion in conversions)
            await PublishAsync(conversion, authorities, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes back what only holds while this process runs.</summary>
    public async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        if (address.Url is null)
            return;
        foreach (var (definition, _) in Configurations(""))
            await client.Dynamic(definition).DeleteAsync(configurationName, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<(ResourceDefinition Definition, JsonObject Content)> Configurations(string authorities) =>
        WebhookConfiguration.Of(configurationName, registrations, namespaces, path => address.ClientConfig(path, authorities, writesNulls: false));

    private async Task TrustAsync(ResourceDefinition definition, JsonObject wanted, CancellationToken cancellationToken)
    {
        var configurations = client.Dynamic(definition);
        if (await configurations.FindAsync(configurationName, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            if (_missing.Add(definition.Kind))
                LogMissing(definition.Kind, configurationName);
            return;
        }

        var bundles = wanted["webhooks"]!.AsArray().ToDictionary(static w => (string?)w!["name"] ?? "", static w => (string?)w!["clientConfig"]!["caBundle"]);
        var operations = new List<JsonPatchOperation> { JsonPatchOperation.Test("/metadata/resourceVersion", found.Metadata.ResourceVersion) };
        var webhooks = found.Content["webhooks"] as JsonArray ?? [];
        for (var i = 0; i < webhooks.Count; i++)
        {
            if (webhooks[i] is JsonObject webhook && bundles.TryGetValue((string?)webhook["name"] ?? "", out var bundle) && (string?)webhook["clientConfig"]?["caBundle"] != bundle)
                operations.Add(JsonPatchOperation.Add($"/webhooks/{i}/clientConfig/caBundle", bundle));
        }

        if (operations.Count > 1)
            await configurations.PatchAsync(configurationName, Patch.Json([.. operations]), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private async Task PublishAsync(KindConversion conversion, string authorities, CancellationToken cancellationToken)
    {
        var (definitions, name) = (client.Dynamic(Definitions), conversion.Stored.QualifiedName);
        if (await definitions.FindAsync(name, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            if (_missing.Add(name))
                LogMissing(Definitions.Kind, name);
            return;
        }

        var wanted = address.ClientConfig(WebhookNames.ConversionPath, authorities, writesNulls: true);
        var there = found.Content["spec"]?["conversion"]?["webhook"]?["clientConfig"];
        if (wanted.All(member => JsonNode.DeepEquals(there?[member.Key], member.Value)))
            return;
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = found.Metadata.ResourceVersion },
            ["spec"] = new JsonObject
            {
                ["conversion"] = new JsonObject
                {
                    ["strategy"] = "Webhook",
                    ["webhook"] = new JsonObject { ["clientConfig"] = wanted, ["conversionReviewVersions"] = new JsonArray("v1") },
                },
            },
        };
        await definitions.PatchAsync(name, Patch.Merge(patch.ToJsonString()), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no {Kind} {Name}, so that its webhooks are not called. Install it: kubectl apply --server-side -f manifests/install.yaml")]
    private partial void LogMissing(string kind, string name);
}
