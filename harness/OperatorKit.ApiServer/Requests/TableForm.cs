using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Objects as the rows of a Table.</summary>
internal static class TableForm
{
    public static JsonObject Of(ResourceTarget target, IReadOnlyList<JsonObject> objects, JsonObject metadata, string includeObject) =>
        throw Failures.NotImplemented($"a Table of {target.Type.Plural} with includeObject={includeObject}");

    public static JsonObject Metadata(JsonObject obj) => JsonObject.Of(("resourceVersion", obj.At("metadata", "resourceVersion") ?? ""));
}
