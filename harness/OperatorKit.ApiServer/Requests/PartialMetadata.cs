using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>PartialObjectMetadata: what metadata-only informers and the garbage collector ask for.</summary>
internal static class PartialMetadata
{
    private const string Group = "meta.k8s.io/v1";

    public static JsonObject Of(JsonObject obj) =>
        JsonObject.Of(("kind", "PartialObjectMetadata"), ("apiVersion", Group), ("metadata", obj["metadata"] ?? JsonObject.Empty));

    public static JsonObject ListOf(JsonValue metadata, IEnumerable<JsonObject> items) =>
        JsonObject.Of(("kind", "PartialObjectMetadataList"), ("apiVersion", Group), ("metadata", metadata), ("items", JsonArray.Of(items.Select(Of))));

    /// <summary>A list cannot be had as one object, nor an object as a list.</summary>
    public static void RequireFitting(ObjectForm form, ResourceTarget target, bool isList)
    {
        var package = target.Type.IsCustom ? "unstructured.Unstructured" : $"{(target.Type.Group.Length == 0 ? "core" : target.Type.Group.Split('.')[0])}.{target.Type.Kind}";
        if (form == ObjectForm.Metadata && isList)
            throw new StatusException(406, "NotAcceptable", $"you requested PartialObjectMetadata, but the requested object is a list (*{package}List)");
        if (form == ObjectForm.MetadataList && !isList)
        {
            throw target.Type.IsCustom
                ? Failures.Unreasoned("content is not a list")
                : new StatusException(406, "NotAcceptable", $"you requested PartialObjectMetadataList, but the requested object is not a list (*{package})");
        }
    }
}
