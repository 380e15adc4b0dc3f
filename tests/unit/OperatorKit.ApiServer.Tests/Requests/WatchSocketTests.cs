using System.Net.WebSockets;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Requests;

public sealed class WatchSocketTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watch_over_a_WebSocket_gets_one_event_a_message_and_ends_when_the_client_says_so()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancelled);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = ConfigMaps, Query = "watch=true&fieldSelector=metadata.name=a" }.Uri, Cancelled);
        using var content = new StringContent("""{"metadata":{"name":"a"}}""");
        content.Headers.ContentType = new("application/json");
        using var created = await client.PostAsync(new Uri(ConfigMaps, UriKind.Relative), content, Cancelled);

        var change = await ReceiveAsync(socket);
        (change.StringAt("type"), change.StringAt("object", "metadata", "name")).ShouldBe(("ADDED", "a"));
        using var deleted = await client.DeleteAsync(new Uri(ConfigMaps + "/a", UriKind.Relative), Cancelled);
        (await ReceiveAsync(socket)).StringAt("type").ShouldBe("DELETED");

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        socket.State.ShouldBe(WebSocketState.Closed);
    }

    private static async Task<JsonObject> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16384];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), Cancelled);
        received.MessageType.ShouldBe(WebSocketMessageType.Text);
        received.EndOfMessage.ShouldBeTrue();
        return (JsonObject)JsonParser.Parse(buffer.AsSpan(0, received.Count).ToArray()).Value;
    }
}
