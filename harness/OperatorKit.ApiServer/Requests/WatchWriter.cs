using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Writes watch events, one JSON object a line. An object is encoded once for all who watch it.</summary>
internal static class WatchWriter
{
    // Only objects that watchers still hold on to stay in here.
    private static readonly ConditionalWeakTable<JsonObject, byte[]> Encoded = [];

    public static async Task WriteAsync(HttpContext context, ResourceTarget target, IAsyncEnumerable<WatchEvent> events, Representation representation, TimeProvider clock)
    {
        var response = context.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json";
        await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        var rows = new RowForm(target, representation, context.Request.Query["includeObject"].ToString(), clock);
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
                Write(response.BodyWriter, enumerator.Current.Type, rows.Encode(enumerator.Current));
            }
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> obj)
    {
        output.Write("{\"type\":\""u8);
        output.Write(System.Text.Encoding.ASCII.GetBytes(type));
        output.Write("\",\"object\":"u8);
        output.Write(obj);
        output.Write("}\n"u8);
    }

    /// <summary>The form of the objects of one stream.</summary>
    private sealed class RowForm(ResourceTarget target, Representation representation, string includeObject, TimeProvider clock)
    {
        private bool _columnsSent;

        public byte[] Encode(WatchEvent change)
        {
            if (change.Type == "ERROR")
                return JsonText.ToUtf8(change.Object);
            switch (representation.Form)
            {
                case ObjectForm.Metadata or ObjectForm.MetadataList:
                    return JsonText.ToUtf8(PartialMetadata.Of(change.Object));
                case ObjectForm.Table:
                    var table = TableForm.Of(target, [change.Object], TableForm.Metadata(change.Object), includeObject, representation.TableVersion, clock.GetUtcNow());
                    if (_columnsSent)
                        table = table.With("columnDefinitions", JsonValue.Null);
                    _columnsSent = true;
                    return JsonText.ToUtf8(table);
                default:
                    return Encoded.GetValue(change.Object, static obj => JsonText.ToUtf8(obj));
            }
        }
    }
}
