using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>What the address of a webhook must fulfil, for admission and conversion alike.</summary>
internal static class ClientConfigRules
{
    private const string Form = "; desired format: https://host[/path]";

    public static IEnumerable<FieldError> Validate(JsonObject config, string path)
    {
        var url = config.StringAt("url");
        if (url is null == config["service"] is null)
            return [FieldError.Required(path, "exactly one of url or service is required")];
        return url is null ? Service(config.ObjectAt("service") ?? JsonObject.Empty, $"{path}.service") : Url(url, $"{path}.url");
    }

    private static IEnumerable<FieldError> Url(string url, string path)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed))
        {
            yield return FieldError.Invalid(path, url, $"url must be a valid URL{Form}");
            yield break;
        }

        if (parsed.Scheme != "https")
            yield return FieldError.Invalid(path, parsed.Scheme, $"'https' is the only allowed URL scheme{Form}");
        if (parsed.UserInfo.Length > 0)
            yield return FieldError.Invalid(path, parsed.UserInfo, "user information is not permitted in the URL");
        if (parsed.Fragment.Length > 1)
            yield return FieldError.Invalid(path, parsed.Fragment[1..], "fragments are not permitted in the URL");
        if (parsed.Query.Length > 1)
            yield return FieldError.Invalid(path, parsed.Query[1..], "query parameters are not permitted in the URL");
    }

    private static IEnumerable<FieldError> Service(JsonObject service, string path)
    {
        // Upstream takes one for the other when it reports them.
        if (string.IsNullOrEmpty(service.StringAt("namespace")))
            yield return FieldError.Required($"{path}.name");
        if (string.IsNullOrEmpty(service.StringAt("name")))
            yield return FieldError.Required($"{path}.namespace");
        if (service.LongAt("port") is { } port and not (>= 1 and <= 65535))
            yield return FieldError.Invalid($"{path}.port", port, "port is not valid: must be between 1 and 65535, inclusive");
        if (service.StringAt("path") is not { Length: > 0 } text || text == "/")
            yield break;
        if (text != "//" && text[0] != '/')
            yield return FieldError.Invalid($"{path}.path", text, "must start with a '/'");
        var steps = (text == "//" ? "" : text[1..].EndsWith('/') ? text[1..^1] : text[1..]).Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            var segment = Checks.At("segment", i);
            foreach (var problem in steps[i].Length == 0 ? [$"{segment} may not be empty"] : NameFormat.Subdomain(steps[i]).Select(problem => $"{segment}: {problem}"))
                yield return FieldError.Invalid($"{path}.path", text, problem);
        }
    }
}
