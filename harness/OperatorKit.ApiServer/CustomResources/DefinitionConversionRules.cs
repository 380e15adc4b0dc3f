using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>What the conversion of a definition must be like: a webhook and what it speaks, or nothing.</summary>
internal static class DefinitionConversionRules
{
    public static IEnumerable<FieldError> Validate(JsonObject conversion)
    {
        var strategy = conversion.StringAt("strategy") ?? "";
        if (strategy is not ("" or "None" or "Webhook"))
            yield return FieldError.NotSupported("spec.conversion.strategy", strategy, "None", "Webhook");
        var (config, versions) = (conversion.ObjectAt("webhook", "clientConfig"), conversion.ArrayAt("webhook", "conversionReviewVersions"));
        const string unwanted = "should not be set when strategy is not set to Webhook";
        if (strategy == "Webhook")
        {
            var errors = config is null
                ? [FieldError.Required("spec.conversion.webhookClientConfig", "required when strategy is set to Webhook")]
                : ClientConfigRules.Validate(config, "spec.conversion.webhookClientConfig");
            foreach (var error in errors.Concat(ReviewVersions(versions ?? JsonArray.Empty, "spec.conversion.conversionReviewVersions")))
                yield return error;
            yield break;
        }

        if (config is not null)
            yield return FieldError.Forbidden("spec.conversion.webhookClientConfig", unwanted);
        if (versions is { Count: > 0 })
            yield return FieldError.Forbidden("spec.conversion.conversionReviewVersions", unwanted);
    }

    private static IEnumerable<FieldError> ReviewVersions(JsonArray versions, string path)
    {
        var names = versions.Items.OfType<JsonString>().Select(static version => version.Value).ToList();
        if (names.Count == 0)
            yield return FieldError.Required(path);
        for (var i = 0; i < names.Count; i++)
        {
            var at = Checks.At(path, i);
            foreach (var problem in names.IndexOf(names[i]) < i ? ["duplicate version"] : NameFormat.Label1035(names[i]))
                yield return FieldError.Invalid(at, names[i], problem);
        }

        if (names.Count > 0 && !names.Exists(static name => name is "v1" or "v1beta1"))
            yield return FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1");
    }
}
