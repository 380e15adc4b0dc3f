using System.Globalization;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>A list as one object.</summary>
internal static class ListForm
{
    public static JsonObject Metadata(ResourceTarget target, ListResult list)
    {
        var metadata = new JsonObject.Builder { ["resourceVersion"] = list.Revision.ToString(CultureInfo.InvariantCulture) };
        // Lists of custom resources come from an untyped struct upstream, which writes the member always.
        if (list.Continue.Length > 0 || target.Type.IsCustom)
            metadata["continue"] = list.Continue;
        if (list.RemainingItemCount is { } remaining)
            metadata["remainingItemCount"] = remaining;
        return metadata.Build();
    }

    /// <summary>Items of built-in kinds leave out kind and apiVersion.</summary>
    public static JsonObject Of(ResourceTarget target, JsonObject metadata, IReadOnlyList<JsonObject> items) => JsonObject.Of(
        ("kind", target.Type.ListKind),
        ("apiVersion", target.ApiVersion),
        ("metadata", metadata),
        ("items", JsonArray.Of(target.Type.IsCustom ? items : items.Select(static item => item.Without("kind").Without("apiVersion")))));
}
