using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>Objects as a meta.k8s.io Table, which is what <c>kubectl get</c> asks for.</summary>
internal static class Table
{
    /// <param name="objects">The objects, one row each.</param>
    /// <param name="metadata">The metadata of the list, or the resource version of the single object.</param>
    /// <param name="includeObject">What comes along in each row: <c>None</c>, <c>Metadata</c> (also when empty) or <c>Object</c>.</param>
    /// <param name="version">The version of the Table kind: <c>v1</c> or <c>v1beta1</c>.</param>
    /// <exception cref="StatusException"><paramref name="includeObject"/> is something else.</exception>
    public static JsonObject Of(TableLayout layout, IReadOnlyList<JsonObject> objects, JsonObject metadata, string includeObject, string version, DateTimeOffset now)
    {
        if (includeObject is not ("" or "None" or "Metadata" or "Object"))
            throw Failures.BadRequest($"Unable to convert to Table as requested: includeObject: Invalid value: \"{includeObject}\": must be 'Metadata', 'Object', 'None', or empty");
        return JsonObject.Of(
            ("kind", "Table"),
            ("apiVersion", $"meta.k8s.io/{version}"),
            ("metadata", metadata.StringAt("continue") == "" ? metadata.Without("continue") : metadata),
            ("columnDefinitions", JsonArray.Of(layout.Columns.Select(static column => column.Definition))),
            ("rows", objects.Count == 0 && layout.NullWhenEmpty ? JsonValue.Null : JsonArray.Of(objects.Select(obj => Row(layout, obj, includeObject, version, now)))));
    }

    private static JsonObject Row(TableLayout layout, JsonObject obj, string includeObject, string version, DateTimeOffset now)
    {
        var row = JsonObject.Of(("cells", JsonArray.Of(layout.Columns.Select(column => column.Cell(obj, now)))));
        if (Finished(obj) is { } conditions)
            row = row.With("conditions", conditions);
        return row.With("object", includeObject switch
        {
            "None" => JsonValue.Null,
            "Object" => obj,
            _ => JsonObject.Of(("kind", "PartialObjectMetadata"), ("apiVersion", $"meta.k8s.io/{version}"), ("metadata", obj["metadata"] ?? JsonObject.Empty)),
        });
    }

    // Lets clients tell pods that have ended from those that run.
    private static JsonArray? Finished(JsonObject obj) => obj.StringAt("kind") == "Pod" && obj.StringAt("status", "phase") is ("Succeeded" or "Failed") and var phase
        ? JsonArray.Of(JsonObject.Of(
            ("type", "Completed"),
            ("status", "True"),
            ("reason", phase),
            ("message", phase == "Failed" ? "The pod failed." : "The pod has completed successfully.")))
        : null;
}
