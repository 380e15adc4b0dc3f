using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Keeps <c>metadata.managedFields</c> through every write.</summary>
internal static class FieldOwnership
{
    /// <summary>Records what a create or update did, in the name of the request's field manager.</summary>
    public static JsonObject Track(ResourceTarget target, JsonObject? live, JsonObject obj, RequestContext request, TimeProvider clock) => obj;

    /// <summary>Server-side apply: the live object with the configuration merged in.</summary>
    public static JsonObject Apply(ResourceTarget target, JsonObject? live, JsonObject configuration, RequestContext request, bool force, TimeProvider clock) =>
        throw Errors.Failures.NotImplemented("server-side apply");
}
