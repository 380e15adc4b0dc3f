using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Tables;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Objects as the rows of a Table.</summary>
internal static class TableForm
{
    public static JsonObject Of(ResourceTarget target, IReadOnlyList<JsonObject> objects, JsonObject metadata, string includeObject, string version, DateTimeOffset now) =>
        Table.Of(TableLayouts.For(target), objects, metadata, includeObject, version, now);

    public static JsonObject Metadata(JsonObject obj) => JsonObject.Of(("resourceVersion", obj.At("metadata", "resourceVersion") ?? ""));
}
