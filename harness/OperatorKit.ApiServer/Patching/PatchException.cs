using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Patching;

/// <summary>A patch that cannot be applied. The message is the one of kube-apiserver; <see cref="Failure"/> says which answer carries it.</summary>
internal sealed class PatchException(PatchFailure failure, string message) : Exception(message)
{
    public PatchFailure Failure { get; } = failure;

    /// <summary>The answer to the request.</summary>
    public StatusException ToStatus() => Failure switch
    {
        PatchFailure.Malformed => Failures.BadRequest(Message),
        // The real server does not say what went wrong, and clients compare the text.
        PatchFailure.Unprocessable => new StatusException(422, "Invalid", "the server rejected our request due to an error in our request", JsonObject.Empty),
        PatchFailure.TooLarge => new StatusException(413, "RequestEntityTooLarge", Message),
        _ => Failures.Unreasoned(Message),
    };
}

internal enum PatchFailure
{
    /// <summary>The patch document is not one of its type: 400 BadRequest.</summary>
    Malformed,

    /// <summary>An operation does not fit the object: 422 Invalid, with the fixed text that says nothing of the cause.</summary>
    Unprocessable,

    /// <summary>Too many operations, or copies that grow without bound: 413 RequestEntityTooLarge.</summary>
    TooLarge,

    /// <summary>The patch contradicts the schema: 500 without a reason.</summary>
    Unsupported,
}
