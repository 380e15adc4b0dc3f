using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>One write that a controller wants. It is carried out like a request of a client, admission included.</summary>
internal abstract record ControllerAction(ObjectKey Key)
{
    /// <summary>Creates an object; one that exists already is left alone.</summary>
    internal sealed record Create(ObjectKey Key, JsonObject Object) : ControllerAction(Key);

    /// <summary>Replaces the object, or one subresource of it. The resource version in it guards against a change in between.</summary>
    internal sealed record Replace(ObjectKey Key, JsonObject Object, string Subresource = "") : ControllerAction(Key);

    /// <summary>Deletes the object if it is still the one that was looked at.</summary>
    internal sealed record Delete(ObjectKey Key, string Uid, string? ResourceVersion = null, string? PropagationPolicy = null, long? GracePeriodSeconds = null)
        : ControllerAction(Key);
}
