using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Dispatch;

/// <summary>JSON patches that add and remove one finalizer and touch no other, or fail if the object has changed in between.</summary>
internal static class Finalizers
{
    public static bool Has(V1ObjectMeta metadata, string finalizer) => metadata.Finalizers?.Contains(finalizer) ?? false;

    public static Patch Add(V1ObjectMeta metadata, string finalizer)
    {
        var version = JsonPatchOperation.Test("/metadata/resourceVersion", metadata.ResourceVersion);
        return metadata.Finalizers is { Count: > 0 }
            ? Patch.Json(version, JsonPatchOperation.Add("/metadata/finalizers/-", finalizer))
            : Patch.Json(version, JsonPatchOperation.Add("/metadata/finalizers", new System.Text.Json.Nodes.JsonArray(finalizer)));
    }

    public static Patch Remove(V1ObjectMeta metadata, string finalizer)
    {
        var path = $"/metadata/finalizers/{metadata.Finalizers!.IndexOf(finalizer)}";
        return Patch.Json(
            JsonPatchOperation.Test("/metadata/uid", metadata.Uid),
            JsonPatchOperation.Test(path, finalizer),
            JsonPatchOperation.Remove(path));
    }
}
