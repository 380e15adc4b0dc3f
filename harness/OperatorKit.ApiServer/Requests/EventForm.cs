using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>The events of one stream in the form that its client asked for. An object is encoded once for all who watch it.</summary>
internal sealed class EventForm(ResourceTarget target, Representation representation, HttpRequest request, TimeProvider clock)
{
    // Only objects that watchers still hold on to stay in here.
    private static readonly ConditionalWeakTable<JsonObject, byte[]> Encoded = [];

    private readonly string _includeObject = request.Query["includeObject"].ToString();
    private bool _columnsSent;

    public void Write(IBufferWriter<byte> output, WatchEvent change)
    {
        output.Write("{\"type\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(change.Type));
        output.Write("\",\"object\":"u8);
        output.Write(Encode(change));
        output.Write("}"u8);
    }

    private byte[] Encode(WatchEvent change)
    {
        if (change.Type == "ERROR")
            return JsonText.ToUtf8(change.Object);
        switch (representation.Form)
        {
            case ObjectForm.Metadata or ObjectForm.MetadataList:
                return JsonText.ToUtf8(PartialMetadata.Of(change.Object));
            case ObjectForm.Table:
                var table = TableForm.Of(target, [change.Object], TableForm.Metadata(change.Object), _includeObject, representation.TableVersion, clock.GetUtcNow());
                if (_columnsSent)
                    table = table.With("columnDefinitions", JsonValue.Null);
                _columnsSent = true;
                return JsonText.ToUtf8(table);
            default:
                return Encoded.GetValue(change.Object, static obj => JsonText.ToUtf8(obj));
        }
    }
}
