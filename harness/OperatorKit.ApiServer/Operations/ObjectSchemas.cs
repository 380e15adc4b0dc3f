using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Operations;

/// <summary>What the schema of a version does with an object: reads it, fills it in, and judges it.</summary>
internal static class ObjectSchemas
{
    /// <summary>The body as an object of the target's kind: unknown fields are gone, and reported as the request asks.</summary>
    public static JsonObject Decode(ResourceTarget target, RequestBody body, RequestContext request)
    {
        var decoded = Read(target, Stamped(target, body.Value));
        var problems = target.Type.IsCustom
            ? body.DuplicateFields.Select(Duplicate).Concat(decoded.UnknownFields.Select(Unknown))
            : decoded.UnknownFields.Select(Unknown).Concat(body.DuplicateFields.Select(Duplicate));
        Report(target, request, [.. problems.Distinct(StringComparer.Ordinal)]);
        return decoded.Value;
    }

    /// <summary>As <see cref="Decode"/> for the outcome of a patch, where errors are those of the patch.</summary>
    public static JsonObject DecodePatched(ResourceTarget target, RequestBody body, RequestContext request) => Decode(target, body, request);

    /// <summary>The object with every default in place.</summary>
    public static JsonObject Complete(ResourceType type, ResourceVersion version, JsonObject obj)
    {
        if (type.IsCustom)
            return CustomResourceSchema.Complete(obj, version.Schema);
        obj = type.Traits.Default?.Invoke(obj) ?? obj;
        // Once more, so that what was filled in stands where a real server writes it.
        return TypedDecoder.Decode(obj, version.Schema).Value;
    }

    /// <summary>Everything that is wrong with the content; the old object is there on update.</summary>
    public static IEnumerable<FieldError> Validate(ResourceType type, ResourceVersion version, JsonObject obj, JsonObject? old) => type.IsCustom
        ? CustomResourceSchema.Validate(obj, old, version.Schema)
        : type.Traits.Validate?.Invoke(obj, old) ?? [];

    private static DecodedObject Read(ResourceTarget target, JsonObject obj)
    {
        try
        {
            return target.Type.IsCustom ? CustomResourceSchema.Decode(obj, target.Version.Schema) : TypedDecoder.Decode(obj, target.Version.Schema);
        }
        catch (DecodingException error)
        {
            throw CannotHandle(target, error.Message);
        }
    }

    private static void Report(ResourceTarget target, RequestContext request, string[] problems)
    {
        if (problems.Length == 0 || request.FieldValidation == FieldValidation.Ignore)
            return;
        if (request.FieldValidation == FieldValidation.Strict)
            throw CannotHandle(target, $"strict decoding error: {string.Join(", ", problems)}");
        foreach (var problem in problems)
            request.Warn(problem);
    }

    private static StatusException CannotHandle(ResourceTarget target, string why) =>
        Failures.BadRequest($"{target.Type.Kind} in version \"{target.Version.Name}\" cannot be handled as a {target.Type.Kind}: {why}");

    private static string Unknown(string path) => $"unknown field \"{path}\"";

    private static string Duplicate(string path) => $"duplicate field \"{path}\"";

    private static JsonObject Stamped(ResourceTarget target, JsonObject obj)
    {
        var stamped = JsonObject.Of(("kind", target.Type.Kind), ("apiVersion", target.ApiVersion)).ToBuilder();
        foreach (var (key, value) in obj)
        {
            if (key is not ("kind" or "apiVersion"))
                stamped[key] = value;
        }

        return stamped.Build();
    }
}
