using System.Globalization;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Faults;

/// <summary>Answers reads from the past.</summary>
internal static class StaleReads
{
    /// <summary>Answers a get, or turns a list into one of the past; whether the request is answered with that.</summary>
    public static async Task<bool> AnswerAsync(HttpContext context, ApiRequest request, ApiOperations operations, long revision)
    {
        if (request.Verb == "list" && revision > 0)
        {
            var kept = context.Request.Query.Where(static pair => pair.Key is not ("resourceVersion" or "resourceVersionMatch"));
            context.Request.QueryString = QueryString.Create(kept)
                .Add("resourceVersion", revision.ToString(CultureInfo.InvariantCulture))
                .Add("resourceVersionMatch", "Exact");
            return false;
        }

        if (request.Verb != "get" || operations.Registry.Current.Find(request.Group, request.Resource) is not { } type)
            return false;
        var stored = operations.Store.ReadAt(type.Storage, revision)?.Find(type.Namespaced ? request.Namespace : null, request.Name);
        var answer = stored is null ? Failures.NotFound(type.Resource, request.Name).ToStatus() : VersionConversion.FromStorage(type, type.StorageVersion, stored);
        context.Response.StatusCode = stored is null ? 404 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonText.ToUtf8(answer), context.RequestAborted).ConfigureAwait(false);
        return true;
    }
}
