using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Ingresses.</summary>
internal static class NetworkValidation
{
    public static IEnumerable<FieldError> Ingress(JsonObject ingress, JsonObject? old)
    {
        var spec = ingress.ObjectAt("spec") ?? JsonObject.Empty;
        if (!spec.Objects("rules").Any() && !spec.Has("defaultBackend"))
            yield return FieldError.Invalid("spec", JsonValue.Null, "either `defaultBackend` or `rules` must be specified");
        if (spec.ObjectAt("defaultBackend") is { } backend)
        {
            foreach (var error in Backend(backend, "spec.defaultBackend"))
                yield return error;
        }

        var i = 0;
        foreach (var rule in spec.Objects("rules"))
        {
            var at = Checks.At("spec.rules", i++);
            var paths = rule.ObjectAt("http")?.Objects("paths").ToArray();
            if (paths is { Length: 0 })
                yield return FieldError.Required($"{at}.http.paths");
            for (var j = 0; j < (paths?.Length ?? 0); j++)
            {
                foreach (var error in Path(paths![j], Checks.At($"{at}.http.paths", j)))
                    yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> Path(JsonObject path, string at)
    {
        if (path.StringAt("pathType") is not { } type)
            yield return FieldError.Required($"{at}.pathType", "pathType must be specified");
        else if (type is not ("Exact" or "ImplementationSpecific" or "Prefix"))
            yield return FieldError.NotSupported($"{at}.pathType", type, "Exact", "ImplementationSpecific", "Prefix");
        else if (type != "ImplementationSpecific" && path.StringAt("path")?.StartsWith('/') != true)
            yield return FieldError.Invalid($"{at}.path", path["path"] ?? "", "must be an absolute path");
        foreach (var error in Backend(path.ObjectAt("backend") ?? JsonObject.Empty, $"{at}.backend"))
            yield return error;
    }

    private static IEnumerable<FieldError> Backend(JsonObject backend, string at)
    {
        if (!backend.Has("service") && !backend.Has("resource"))
            yield return FieldError.Required(at, "port name or number is required");
        else if (backend.ObjectAt("service") is { } service && string.IsNullOrEmpty(service.StringAt("name")))
            yield return FieldError.Required($"{at}.service.name");
    }
}
