using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Writes watch events one after the other: a JSON object a line, or messages after their lengths.</summary>
internal static class WatchWriter
{
    public static async Task WriteAsync(HttpContext context, IAsyncEnumerable<WatchEvent> events, EventForm form)
    {
        var response = context.Response;
        response.StatusCode = 200;
        response.ContentType = form.ContentType;
        await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        var enumerator = events.GetAsyncEnumerator(context.RequestAborted);
        await using (enumerator.ConfigureAwait(false))
        {
            while (true)
            {
                // What is at hand goes out in one flush; only waiting needs one.
                var next = enumerator.MoveNextAsync();
                if (!next.IsCompleted)
                    await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                if (!await next.ConfigureAwait(false))
                    break;
                form.WriteFrame(response.BodyWriter, enumerator.Current);
            }
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
