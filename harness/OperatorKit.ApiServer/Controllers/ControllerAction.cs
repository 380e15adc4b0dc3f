using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>One write that a controller wants. It is carried out like a request of a client, admission included.</summary>
internal abstract record ControllerAction(ObjectKey Key)
{
    /// <summary>Creates an object; one that exists already is left alone. The name may be left to <c>generateName</c>.</summary>
    internal sealed record Create(ObjectKey Key, JsonObject Object) : ControllerAction(Key);

    /// <summary>Replaces the object, or one subresource of it. The resource version in it guards against a change in between.</summary>
    internal sealed record Replace(ObjectKey Key, JsonObject Object, string Subresource = "") : ControllerAction(Key);

    /// <summary>Posts an object to a subresource, such as a pod's <c>binding</c>.</summary>
    internal sealed record Invoke(ObjectKey Key, string Subresource, JsonObject Object) : ControllerAction(Key);

    /// <summary>Serves what a definition says; nothing where that is served already.</summary>
    internal sealed record Serve(ObjectKey Key, JsonObject Definition) : ControllerAction(Key);

    /// <summary>Ends the serving of a definition that is gone.</summary>
    internal sealed record Withdraw(ObjectKey Key) : ControllerAction(Key);

    /// <summary>Deletes the object if it is still the one that was looked at.</summary>
    internal sealed record Delete(ObjectKey Key, string Uid) : ControllerAction(Key)
    {
        /// <summary>Set where the decision holds only for this very state of the object.</summary>
        public string? ResourceVersion { get; init; }

        public PropagationPolicy Propagation { get; init; } = PropagationPolicy.Background;

        /// <summary>In seconds; null leaves it to the object.</summary>
        public long? GracePeriodSeconds { get; init; }
    }
}
