using System.Buffers;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Reads one event of a watch: <c>{"type":"ADDED","object":{...}}</c>.</summary>
internal static class WatchLine
{
    private enum Content
    {
        Unknown,
        Added,
        Modified,
        Deleted,
        Bookmark,
        Error,
    }

    /// <summary>Reads an event.</summary>
    /// <returns>The event; null for one to be left out.</returns>
    public static WatchEvent<T>? Read<T>(ReadOnlySequence<byte> line, ApiRequest request, ClusterConnection connection, Action<InvalidObject>? onInvalid)
        where T : class, IKubernetesObject, IJsonModel<T>
    {
        if (line.IsSingleSegment)
        {
            return Read<T>(line.FirstSpan, request, connection, onInvalid);
        }

        // A reader over segments is much slower than a copy.
        var length = checked((int)line.Length);
        var array = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            line.CopyTo(array);
            return Read<T>(array.AsSpan(0, length), request, connection, onInvalid);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    public static WatchEvent<T>? Read<T>(ReadOnlySpan<byte> line, ApiRequest request, ClusterConnection connection, Action<InvalidObject>? onInvalid)
        where T : class, IKubernetesObject, IJsonModel<T>
    {
        if (line.Trim(" \r\t"u8).IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(line);
        var content = Content.Unknown;
        var isPending = false;
        Utf8JsonReader pending = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                content = ReadType(ref reader);
            }
            else if (reader.ValueTextEquals("object"u8))
            {
                reader.Read();
                if (content != Content.Unknown)
                {
                    return ReadObject<T>(ref reader, content, request, connection, onInvalid);
                }

                pending = reader;
                isPending = true;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return isPending && content != Content.Unknown ? ReadObject<T>(ref pending, content, request, connection, onInvalid) : null;
    }

    private static WatchEvent<T>? ReadObject<T>(
        ref Utf8JsonReader reader, Content content, ApiRequest request, ClusterConnection connection, Action<InvalidObject>? onInvalid)
        where T : class, IKubernetesObject, IJsonModel<T>
    {
        if (content == Content.Bookmark)
        {
            var identity = ObjectIdentity.Read(ref reader);
            return new WatchEvent<T>(identity.ResourceVersion, identity.EndsInitialEvents);
        }

        if (content == Content.Error)
        {
            throw StatusErrors.ToException(request, V1Status.ReadJson(ref reader), isStatusBody: true, connection.Source);
        }

        var start = reader;
        try
        {
            var changed = T.ReadJson(ref reader);
            return new WatchEvent<T>((WatchEventType)(content - Content.Added), changed, changed.Metadata.ResourceVersion ?? "");
        }
        catch (JsonException exception)
        {
            var invalid = ObjectIdentity.Read(ref start).ToInvalid(request.Definition!, exception) with { IsDeleted = content == Content.Deleted };
            if (onInvalid is null)
            {
                throw new InvalidObjectException(invalid);
            }

            onInvalid(invalid);
            return null;
        }
    }

    private static Content ReadType(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("ADDED"u8) ? Content.Added
        : reader.ValueTextEquals("MODIFIED"u8) ? Content.Modified
        : reader.ValueTextEquals("DELETED"u8) ? Content.Deleted
        : reader.ValueTextEquals("BOOKMARK"u8) ? Content.Bookmark
        : reader.ValueTextEquals("ERROR"u8) ? Content.Error
        : Content.Unknown;
}
