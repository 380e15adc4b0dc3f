using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>The options object that admission is shown.</summary>
internal static class RequestOptions
{
    public static JsonObject Of(string kind, RequestContext request)
    {
        var options = new JsonObject.Builder { ["kind"] = kind, ["apiVersion"] = "meta.k8s.io/v1" };
        if (request.DryRun)
            options["dryRun"] = JsonArray.Of("All");
        if (kind != "DeleteOptions" && request.FieldManagerGiven)
            options["fieldManager"] = request.FieldManager;
        if (kind != "DeleteOptions" && request.FieldValidationGiven)
            options["fieldValidation"] = request.FieldValidation.ToString();
        return options.Build();
    }

    public static JsonObject Of(DeleteOptions delete, RequestContext request)
    {
        var options = Of("DeleteOptions", request);
        if (delete.GracePeriodSeconds is { } seconds)
            options = options.With("gracePeriodSeconds", seconds);
        if (delete.Propagation is { } policy)
            options = options.With("propagationPolicy", policy.ToString());
        var preconditions = JsonObject.Empty;
        if (delete.PreconditionUid is { } uid)
            preconditions = preconditions.With("uid", uid);
        if (delete.PreconditionResourceVersion is { } version)
            preconditions = preconditions.With("resourceVersion", version);
        return preconditions.Count == 0 ? options : options.With("preconditions", preconditions);
    }
}
