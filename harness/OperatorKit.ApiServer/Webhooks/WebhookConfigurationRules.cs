using System.Globalization;
using OperatorKit.ApiServer.AdmissionPolicies;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>What a webhook configuration must fulfil beyond its types.</summary>
internal static class WebhookConfigurationRules
{
    public static IEnumerable<FieldError> Validate(JsonObject configuration, JsonObject? old)
    {
        var webhooks = (configuration.ArrayAt("webhooks") ?? JsonArray.Empty).Items;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < webhooks.Length; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"webhooks[{i}]");
            if (webhooks[i] is not JsonObject webhook)
                continue;
            var name = webhook.StringAt("name") ?? "";
            foreach (var error in Webhook(webhook, name, path))
                yield return error;
            if (!names.Add(name))
                yield return FieldError.Duplicate($"{path}.name", name);
        }
    }

    private static IEnumerable<FieldError> Webhook(JsonObject webhook, string name, string path)
    {
        if (name.Length == 0)
            yield return FieldError.Required($"{path}.name");
        else if (name.Split('.').Length < 3)
            yield return FieldError.Invalid($"{path}.name", name, "should be a domain with at least three segments separated by dots");
        foreach (var error in ResourceRules.Validate(webhook, "rules", path))
            yield return error;
        if (webhook.StringAt("failurePolicy") is { } failure and not ("Fail" or "Ignore"))
            yield return FieldError.NotSupported($"{path}.failurePolicy", failure, "Fail", "Ignore");
        if (webhook.StringAt("matchPolicy") is { } match and not ("Equivalent" or "Exact"))
            yield return FieldError.NotSupported($"{path}.matchPolicy", match, "Equivalent", "Exact");
        if (!webhook.Has("sideEffects"))
            yield return FieldError.Required($"{path}.sideEffects", "must specify one of None, NoneOnDryRun");
        else if (webhook.StringAt("sideEffects") is { } effects and not ("None" or "NoneOnDryRun"))
            yield return FieldError.NotSupported($"{path}.sideEffects", effects, "None", "NoneOnDryRun");
        if (webhook.LongAt("timeoutSeconds") is { } seconds and not (>= 1 and <= 30))
            yield return FieldError.Invalid($"{path}.timeoutSeconds", seconds, "the timeout value must be between 1 and 30 seconds");
        foreach (var error in ((string[])["namespaceSelector", "objectSelector"]).SelectMany(field => webhook.ObjectAt(field) is { } selector ? BuiltIns.Validation.Selectors.Validate(selector, $"{path}.{field}") : []))
            yield return error;
        foreach (var error in BuiltIns.Validation.Checks.OneOf(webhook, path, "reinvocationPolicy", "IfNeeded", "Never"))
            yield return error;
        foreach (var error in ClientConfigRules.Validate(webhook.ObjectAt("clientConfig") ?? JsonObject.Empty, $"{path}.clientConfig"))
            yield return error;
        foreach (var error in Versions(webhook.ArrayAt("admissionReviewVersions") ?? JsonArray.Empty, $"{path}.admissionReviewVersions"))
            yield return error;
        foreach (var error in PolicyExpressionRules.Conditions(webhook, path, hasParameters: false))
            yield return error;
    }

    private static IEnumerable<FieldError> Versions(JsonArray versions, string path)
    {
        if (versions.Count == 0)
            yield return FieldError.Required(path, "must specify one of v1, v1beta1");
        else if (!versions.Items.OfType<JsonString>().Any(static version => version.Value is "v1" or "v1beta1"))
            yield return FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1");
    }
}
