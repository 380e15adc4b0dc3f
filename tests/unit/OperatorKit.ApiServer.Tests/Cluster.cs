using System.Net.Http.Headers;
using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests;

/// <summary>A server in memory, and requests to it in one line.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly KubernetesApiServer _server;
    private readonly HttpClient _client;

    private Cluster(KubernetesApiServer server, VirtualTime time)
    {
        _server = server;
        Time = time;
        _client = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };
    }

    public VirtualTime Time { get; }

    public KubernetesApiServer Server => _server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Cluster> StartAsync(bool workloads = false, string? tokenFile = null, Func<ApiServerOptions, ApiServerOptions>? configure = null)
    {
        var time = new VirtualTime();
        var options = new ApiServerOptions { Listen = false, Workloads = workloads, TokenFile = tokenFile, Time = time, Seed = 1 };
        return new Cluster(await KubernetesApiServer.StartAsync(configure?.Invoke(options) ?? options, Cancelled), time);
    }

    public async Task<JsonObject> SendAsync(string method, string path, string? body = null, string? token = null, string mediaType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace('\'', '"')));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }

        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await _client.SendAsync(request, Cancelled);
        return (JsonObject)JsonParser.Parse(await response.Content.ReadAsByteArrayAsync(Cancelled)).Value;
    }

    public Task<JsonObject> GetAsync(string path, string? token = null) => SendAsync("GET", path, token: token);

    public Task<JsonObject> PostAsync(string path, string body, string? token = null) => SendAsync("POST", path, body, token);

    public Task<JsonObject> MergeAsync(string path, string patch) => SendAsync("PATCH", path, patch, mediaType: "application/merge-patch+json");

    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path) =>
        [.. (await GetAsync(path)).ArrayAt("items")!.Items.OfType<JsonObject>()];

    /// <summary>Begins a watch; it is under way when the task completes.</summary>
    public async Task<Watch> WatchAsync(string path)
    {
        var response = await _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        return new Watch(response, new StreamReader(await response.Content.ReadAsStreamAsync(Cancelled)));
    }

    /// <summary>Waits until the controllers are done.</summary>
    public Task SettleAsync() => _server.QuiesceAsync(Cancelled);

    /// <summary>Moves the clock on; the controllers do at each time on the way what it brings.</summary>
    public Task AdvanceAsync(TimeSpan by) => Time.AdvanceAsync(by, _server.QuiesceAsync, Cancelled);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>The events of a watch.</summary>
    public sealed class Watch(HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
    {
        /// <summary>The names of the objects in the next events, or in all until the stream ends or breaks.</summary>
        public async Task<IReadOnlyList<string>> NamesAsync(int count = int.MaxValue)
        {
            var names = new List<string>();
            try
            {
                while (names.Count < count && await lines.ReadLineAsync(Cancelled) is { } line)
                    names.Add(((JsonObject)JsonParser.Parse(line).Value).StringAt("object", "metadata", "name") ?? "");
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                return names;
            }

            return names;
        }

        public ValueTask DisposeAsync()
        {
            lines.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
