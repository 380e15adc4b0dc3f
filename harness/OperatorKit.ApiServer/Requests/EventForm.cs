using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Protobuf;

namespace OperatorKit.ApiServer.Requests;

/// <summary>The events of one stream in the form that its client asked for. An object is encoded once for all who watch it.</summary>
internal sealed class EventForm(ResourceTarget target, Representation representation, HttpRequest request, TimeProvider clock)
{
    // Only objects that watchers still hold on to stay in here.
    private static readonly ConditionalWeakTable<JsonObject, byte[]> Encoded = [];
    private static readonly ConditionalWeakTable<JsonObject, byte[]> Messages = [];

    private readonly string _includeObject = request.Query["includeObject"].ToString();
    private bool _columnsSent;

    /// <summary>Whether the events are messages, each after its length, instead of lines of JSON.</summary>
    public bool IsBinary => representation.Format == BodyFormat.Protobuf;

    public string ContentType => representation.StreamContentType;

    /// <summary>Writes an event as it stands in a stream.</summary>
    public void WriteFrame(IBufferWriter<byte> output, WatchEvent change)
    {
        if (!IsBinary)
        {
            Write(output, change);
            output.Write("\n"u8);
            return;
        }

        var message = Message(change);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), message.Length);
        output.Advance(sizeof(int));
        output.Write(message.Span);
    }

    /// <summary>Writes an event by itself.</summary>
    public void Write(IBufferWriter<byte> output, WatchEvent change)
    {
        if (IsBinary)
        {
            output.Write(Message(change).Span);
            return;
        }

        output.Write("{\"type\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(change.Type));
        output.Write("\",\"object\":"u8);
        output.Write(Encode(change));
        output.Write("}"u8);
    }

    private ReadOnlyMemory<byte> Message(WatchEvent change)
    {
        var isWhole = change.Type == "ERROR" || representation.Form == ObjectForm.Whole;
        var encoded = isWhole ? Messages.GetValue(change.Object, static obj => ObjectWriter.Write(obj)) : ObjectWriter.Write(PartialMetadata.Of(change.Object));
        var writer = new ProtobufWriter();
        writer.Text(1, change.Type);
        writer.Message(2, raw => raw.Bytes(1, encoded));
        return writer.Written;
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
