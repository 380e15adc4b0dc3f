using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Errors;

/// <summary>A request that failed with a Status, thrown anywhere on its way and written by the request pipeline.</summary>
internal sealed class StatusException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    /// <summary>The HTTP status code.</summary>
    public int Code { get; } = code;

    /// <summary>The machine-readable reason; empty where kube-apiserver gives none.</summary>
    public string Reason { get; } = reason;

    public JsonObject? Details { get; } = details;

    /// <summary>For an expired page: where the list may go on, inconsistently.</summary>
    public string? Continue { get; init; }

    public long? RetryAfterSeconds => Details?.LongAt("retryAfterSeconds");

    public bool IsNotFound => Reason == "NotFound";

    public bool IsConflict => Reason == "Conflict";

    public bool IsAlreadyExists => Reason == "AlreadyExists";

    /// <summary>The Status object that the client sees.</summary>
    public JsonObject ToStatus()
    {
        var status = new JsonObject.Builder
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue is null ? JsonObject.Empty : JsonObject.Of(("continue", Continue)),
            ["status"] = "Failure",
        };
        if (Message.Length > 0)
            status["message"] = Message;
        if (Reason.Length > 0)
            status["reason"] = Reason;
        if (Details is not null)
            status["details"] = Details;
        status["code"] = (long)Code;
        return status.Build();
    }
}
