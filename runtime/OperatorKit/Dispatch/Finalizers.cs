using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Dispatch;

/// <summary>JSON patches that add and remove one finalizer and touch no other, or fail if the object has changed in between.</summary>
internal static class Finalizers
{
    public static bool Has(V1ObjectMeta metadata, string finalizer) => metadata.Finalizers?.Contains(finalizer) ?? false;

    /// <summary>The patch that adds a finalizer; null where it is there.</summary>
    public static Patch? Add(V1ObjectMeta metadata, string finalizer)
    {
        if (Has(metadata, finalizer))
            return null;
        var version = JsonPatchOperation.Test("/metadata/resourceVersion", metadata.ResourceVersion);
        return metadata.Finalizers is { Count: > 0 }
            ? Patch.Json(version, JsonPatchOperation.Add("/metadata/finalizers/-", finalizer))
            : Patch.Json(version, JsonPatchOperation.Add("/metadata/finalizers", new System.Text.Json.Nodes.JsonArray(finalizer)));
    }

    /// <summary>The patch that removes a finalizer; null where it is gone.</summary>
    public static Patch? Remove(V1ObjectMeta metadata, string finalizer)
    {
        var index = metadata.Finalizers?.IndexOf(finalizer) ?? -1;
        if (index < 0)
            return null;
        var path = $"/metadata/finalizers/{index}";
        return Patch.Json(
            JsonPatchOperation.Test("/metadata/uid", metadata.Uid),
            JsonPatchOperation.Test(path, finalizer),
            JsonPatchOperation.Remove(path));
    }
}
