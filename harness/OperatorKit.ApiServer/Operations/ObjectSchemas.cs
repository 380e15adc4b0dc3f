using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

/// <summary>What the schema of a version does with an object: reads it, fills it in, and judges it.</summary>
internal static class ObjectSchemas
{
    /// <summary>The body as an object of the target's kind: unknown fields are gone, and reported as the request asks.</summary>
    public static JsonObject Decode(ResourceTarget target, RequestBody body, RequestContext request)
    {
        var obj = body.Value;
        return Stamped(target, obj);
    }

    /// <summary>As <see cref="Decode"/> for the outcome of a patch, where errors are those of the patch.</summary>
    public static JsonObject DecodePatched(ResourceTarget target, RequestBody body, RequestContext request) => Decode(target, body, request);

    /// <summary>The object with every default in place.</summary>
    public static JsonObject Complete(ResourceType type, ResourceVersion version, JsonObject obj) => type.Traits.Default?.Invoke(obj) ?? obj;

    /// <summary>Everything that is wrong with the content; the old object is there on update.</summary>
    public static IEnumerable<FieldError> Validate(ResourceType type, ResourceVersion version, JsonObject obj, JsonObject? old) =>
        type.Traits.Validate?.Invoke(obj, old) ?? [];

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
