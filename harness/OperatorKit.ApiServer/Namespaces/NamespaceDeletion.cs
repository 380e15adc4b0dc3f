using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Namespaces;

/// <summary>What deletion means to a namespace: it turns Terminating and stays until <c>spec.finalizers</c> is empty.</summary>
internal static class NamespaceDeletion
{
    public static JsonObject Begin(JsonObject item, DateTimeOffset now) => item.WithAt(["status", "phase"], "Terminating");

    public static bool Stays(JsonObject item) => item.ArrayAt("spec", "finalizers") is { Count: > 0 };
}
