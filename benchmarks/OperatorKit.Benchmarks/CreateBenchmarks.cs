using System.Text;
using BenchmarkDotNet.Attributes;
using OperatorKit.ApiServer;

namespace OperatorKit.Benchmarks;

/// <summary>The API server in process: one ConfigMap created and deleted through the in-memory handler.</summary>
[MemoryDiagnoser]
public class CreateBenchmarks : IAsyncDisposable
{
    private const string Path = "http://server/api/v1/namespaces/default/configmaps";

    private KubernetesApiServer? _server;
    private HttpClient? _http;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false });
        _http = new HttpClient(_server.CreateHandler());
    }

    [Benchmark]
    public async Task CreateAndDelete()
    {
        using var body = new StringContent("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}""", Encoding.UTF8, "application/json");
        using var created = await _http!.PostAsync(new Uri(Path), body);
        created.EnsureSuccessStatusCode();
        using var deleted = await _http.DeleteAsync(new Uri(Path + "/a"));
        deleted.EnsureSuccessStatusCode();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
