using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Operations;

/// <summary>A watch as a client sees it: one JSON object a line.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private Watch(HttpClient client, HttpResponseMessage response, Stream body)
    {
        _client = client;
        _response = response;
        _lines = new StreamReader(body);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Watch> StartAsync(Cluster cluster, string path)
    {
        var client = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };
        var response = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancelled);
        return new Watch(client, response, await response.Content.ReadAsStreamAsync(Cancelled));
    }

    public async Task<JsonObject> NextAsync() => (JsonObject)JsonParser.Parse(await _lines.ReadLineAsync(Cancelled) ?? throw new EndOfStreamException("The watch has ended.")).Value;

    public async Task<bool> EndsAsync() => await _lines.ReadLineAsync(Cancelled) is null;

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
