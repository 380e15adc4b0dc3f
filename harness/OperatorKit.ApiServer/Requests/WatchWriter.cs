using System.Buffers;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Writes watch events, one JSON object a line.</summary>
internal static class WatchWriter
{
    public static async Task WriteAsync(HttpContext context, IAsyncEnumerable<WatchEvent> events, EventForm form)
    {
        var response = context.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json";
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
                form.Write(response.BodyWriter, enumerator.Current);
                response.BodyWriter.Write("\n"u8);
            }
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
