using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Watches over a WebSocket, one event a text message: what some clients try before plain HTTP.</summary>
internal static class WatchSocket
{
    // RFC 6455, section 1.3.
    private const string HandshakeKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>What turns the connection into a WebSocket; null where the client did not ask for one, or it cannot be had.</summary>
    public static IHttpUpgradeFeature? Upgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
            && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
            && context.Request.Headers.SecWebSocketKey.Count == 1
            ? upgrade
            : null;

    public static async Task WriteAsync(HttpContext context, IHttpUpgradeFeature upgrade, IAsyncEnumerable<WatchEvent> events, EventForm form)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        using var socket = WebSocket.CreateFromStream(await upgrade.UpgradeAsync().ConfigureAwait(false), new WebSocketCreationOptions { IsServer = true });
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var closing = ClosedAsync(socket, ends);
        try
        {
            await SendAsync(socket, events, form, ends.Token).ConfigureAwait(false);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The client has gone, or said goodbye.
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await closing.ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(WebSocket socket, IAsyncEnumerable<WatchEvent> events, EventForm form, CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>();
        await foreach (var change in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            message.ResetWrittenCount();
            form.Write(message, change);
            await socket.SendAsync(message.WrittenMemory, form.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A client has nothing to say in a watch but that it ends.</summary>
    private static async Task ClosedAsync(WebSocket socket, CancellationTokenSource ends)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), ends.Token).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            return;
        }

        await ends.CancelAsync().ConfigureAwait(false);
    }

    private static string Accept(string key)
    {
#pragma warning disable CA5350 // The handshake is defined with SHA-1; nothing is secret in it.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeKey)));
#pragma warning restore CA5350
    }
}
