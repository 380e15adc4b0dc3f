using System.Text;

namespace OperatorKit.Benchmarks.ServerLoad;

/// <summary>A namespace for one measurement, and the ConfigMaps that are made in it.</summary>
internal sealed class TestNamespace : IAsyncDisposable
{
    private const string Namespaces = "/api/v1/namespaces";

    private readonly HttpClient _client;
    private readonly string _name;

    private TestNamespace(HttpClient client, string name) => (_client, _name) = (client, name);

    public string ConfigMaps => $"{Namespaces}/{_name}/configmaps";

    public static async Task<TestNamespace> CreateAsync(HttpClient client)
    {
        var name = $"bench-{Guid.NewGuid():N}";
        await SendAsync(client, Namespaces, $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        return new TestNamespace(client, name);
    }

    /// <summary>A ConfigMap of about so many bytes.</summary>
    public static string ConfigMap(string name, int bytes) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{"app":"bench"}},"data":{"text":"{{{new string('x', bytes)}}}"}}""";

    /// <summary>Creates ConfigMaps, so many at a time.</summary>
    public Task CreateAsync(int count, int parallel, int bytes) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = parallel },
        async (i, _) => await SendAsync(_client, ConfigMaps, ConfigMap($"map-{i}", bytes)));

    public async ValueTask DisposeAsync()
    {
        using var response = await _client.DeleteAsync($"{Namespaces}/{_name}");
    }

    private static async Task SendAsync(HttpClient client, string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(path, content);
        response.EnsureSuccessStatusCode();
    }
}
