using System.Text;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Config maps and secrets.</summary>
internal static class ConfigValidation
{
    private const int MaxBytes = 1024 * 1024;
    private const string Redacted = "<secret contents redacted>";

    public static IEnumerable<FieldError> ConfigMap(JsonObject map, JsonObject? old)
    {
        var (data, binary) = (map.ObjectAt("data") ?? JsonObject.Empty, map.ObjectAt("binaryData") ?? JsonObject.Empty);
        IEnumerable<FieldError> errors =
        [
            .. Keys(data, "data"),
            .. data.Keys.Where(binary.ContainsKey).Select(static key => FieldError.Invalid($"data[{key}]", key, "duplicate of key present in binaryData")),
            .. Keys(binary, "binaryData"),
        ];
        if (Size(data, isBase64: false) + Size(binary, isBase64: true) > MaxBytes)
            errors = errors.Append(FieldError.TooLong("[]", MaxBytes));
        return old is null ? errors : errors.Concat(Frozen(map, old, "data", "binaryData"));
    }

    public static IEnumerable<FieldError> Secret(JsonObject secret, JsonObject? old)
    {
        var data = secret.ObjectAt("data") ?? JsonObject.Empty;
        IEnumerable<FieldError> errors = [.. Keys(data, "data"), .. ByType(secret.StringAt("type") ?? "", data, secret)];
        if (Size(data, isBase64: true) > MaxBytes)
            errors = errors.Append(FieldError.TooLong("data", MaxBytes));
        return old is null
            ? errors
            : Checks.Immutable(secret["type"], old["type"], "type").Concat(Frozen(secret, old, "data")).Concat(errors);
    }

    private static IEnumerable<FieldError> Keys(JsonObject data, string path)
    {
        foreach (var key in data.Keys.Order(StringComparer.Ordinal))
        {
            foreach (var error in Checks.Formatted(key, $"{path}[{key}]", Formats.ConfigKey))
                yield return error;
        }
    }

    private static long Size(JsonObject data, bool isBase64)
    {
        long size = 0;
        foreach (var (_, value) in data)
        {
            var text = (value as JsonString)?.Value ?? "";
            size += isBase64 ? text.Length / 4 * 3 : Encoding.UTF8.GetByteCount(text);
        }

        return size;
    }

    private static IEnumerable<FieldError> Frozen(JsonObject obj, JsonObject old, params IEnumerable<string> fields)
    {
        if (old.BoolAt("immutable") != true)
            yield break;
        if (obj.BoolAt("immutable") != true)
            yield return FieldError.Forbidden("immutable", "field is immutable when `immutable` is set");
        foreach (var field in fields)
        {
            if (!Checks.Same(obj[field], old[field]))
                yield return FieldError.Forbidden(field, "field is immutable when `immutable` is set");
        }
    }

    private static IEnumerable<FieldError> ByType(string type, JsonObject data, JsonObject secret) => type switch
    {
        "kubernetes.io/tls" => Required(data, "tls.crt", "tls.key"),
        "kubernetes.io/ssh-auth" => Required(data, "ssh-privatekey"),
        "kubernetes.io/basic-auth" when !data.ContainsKey("username") && !data.ContainsKey("password") => Required(data, "username", "password"),
        "kubernetes.io/dockerconfigjson" => Docker(data, ".dockerconfigjson"),
        "kubernetes.io/dockercfg" => Docker(data, ".dockercfg"),
        "kubernetes.io/service-account-token" when string.IsNullOrEmpty(secret.StringAt("metadata", "annotations", "kubernetes.io/service-account.name")) =>
            [FieldError.Required("metadata.annotations[kubernetes.io/service-account.name]")],
        _ => [],
    };

    private static IEnumerable<FieldError> Required(JsonObject data, params IEnumerable<string> keys) =>
        keys.Where(key => !data.ContainsKey(key)).Select(static key => FieldError.Required($"data[{key}]"));

    private static IEnumerable<FieldError> Docker(JsonObject data, string key)
    {
        if (data.StringAt(key) is not { } content)
            return Required(data, key);
        try
        {
            JsonParser.Parse(Convert.FromBase64String(content));
            return [];
        }
        catch (Exception error) when (error is JsonSyntaxException or FormatException)
        {
            return [FieldError.Invalid($"data[{key}]", Redacted, error.Message)];
        }
    }
}
