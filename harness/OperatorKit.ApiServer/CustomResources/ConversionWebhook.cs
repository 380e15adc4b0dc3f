using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>
/// Has objects converted between versions by the webhook of their definition, many in one call. See
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion.
/// </summary>
internal sealed class ConversionWebhook(WebhookClient client, IdentifierSource identifiers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static bool AppliesTo(ResourceType type) => type.Origin?.Conversion?.StringAt("strategy") == "Webhook";

    /// <summary>The objects in another version, in the same order.</summary>
    /// <exception cref="StatusException">The webhook failed, or gave back something else.</exception>
    public async Task<IReadOnlyList<JsonObject>> ConvertAsync(ResourceType type, string apiVersion, IReadOnlyList<JsonObject> objects, CancellationToken cancellationToken)
    {
        var from = $"{objects[0].StringAt("apiVersion")}, Kind={type.Kind}";
        var request = JsonObject.Of(
            ("uid", identifiers.Uid()),
            ("desiredAPIVersion", apiVersion),
            ("objects", JsonArray.Of(objects.Select(static obj => obj.WithoutAt("metadata", "resourceVersion")))));
        var review = JsonObject.Of(("kind", "ConversionReview"), ("apiVersion", "apiextensions.k8s.io/v1"), ("request", request));
        JsonObject answer;
        try
        {
            answer = await client.PostAsync(type.Origin!.Conversion!.ObjectAt("webhook", "clientConfig") ?? JsonObject.Empty, Patience, review, cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookCallException e)
        {
            throw Failed(from, e.Message);
        }

        var response = answer.ObjectAt("response") ?? JsonObject.Empty;
        if (response.StringAt("uid") != request.StringAt("uid"))
            throw Failed(from, $"invalid response.uid=\"{response.StringAt("uid")}\", expected \"{request.StringAt("uid")}\"");
        if (response.StringAt("result", "status") != "Success")
            throw Failed(from, response.StringAt("result", "message") ?? "response.result.status is not \"Success\"");
        var converted = response.ArrayAt("convertedObjects")?.OfType<JsonObject>().ToArray() ?? [];
        if (converted.Length != objects.Count)
            throw Failed(from, string.Create(CultureInfo.InvariantCulture, $"expected {objects.Count} converted objects, got {converted.Length}"));
        return [.. converted.Select((obj, i) => Checked(obj, objects[i], apiVersion, from))];
    }

    /// <summary>A webhook may change labels and annotations; everything else in the metadata stays what it was.</summary>
    private static JsonObject Checked(JsonObject converted, JsonObject original, string apiVersion, string from)
    {
        if (converted.StringAt("apiVersion") != apiVersion || converted.StringAt("kind") != original.StringAt("kind"))
            throw Failed(from, $"invalid converted object: expected {apiVersion}, got {converted.StringAt("apiVersion")}");
        var metadata = original.ObjectAt("metadata") ?? JsonObject.Empty;
        foreach (var key in (string[])["labels", "annotations"])
            metadata = converted.At("metadata", key) is { } value ? metadata.With(key, value) : metadata.Without(key);
        return converted.With("metadata", metadata);
    }

    private static StatusException Failed(string from, string why) => Failures.Unreasoned($"conversion webhook for {from} failed: {why}");
}
