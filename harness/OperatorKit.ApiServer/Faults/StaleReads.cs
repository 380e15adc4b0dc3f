using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OperatorKit.ApiServer.Faults;

/// <summary>Turns reads of the present into reads of the past. They go the way of every request all the same: who asks, and in what form, still counts.</summary>
internal static class StaleReads
{
    public static void Turn(HttpContext context, ApiRequest request, long revision)
    {
        if (request.Verb == "list" && revision > 0)
        {
            var kept = context.Request.Query.Where(static pair => pair.Key is not ("resourceVersion" or "resourceVersionMatch"));
            context.Request.QueryString = QueryString.Create(kept)
                .Add("resourceVersion", revision.ToString(CultureInfo.InvariantCulture))
                .Add("resourceVersionMatch", "Exact");
        }
        else if (request.Verb == "get")
        {
            context.Features.Set(new PastRevision(revision));
        }
    }

    /// <summary>The revision that a get is to be answered from; null for the present.</summary>
    public static long? RevisionFor(HttpContext context) => context.Features.Get<PastRevision>()?.Revision;

    private sealed record PastRevision(long Revision);
}
