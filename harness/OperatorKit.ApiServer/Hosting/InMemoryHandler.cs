using Microsoft.AspNetCore.Http;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>
/// Carries requests of an <see cref="HttpClient"/> through the pipeline in memory. The answer's headers come as soon as the server
/// has written them and its body is streamed, so that watches work as over a socket.
/// </summary>
internal sealed class InMemoryHandler(Func<HttpContext, Task> handle) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? Stream.Null : await request.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var exchange = new InMemoryExchange(request, body);
        var running = Task.Run(() => exchange.RunAsync(handle), CancellationToken.None);
        using (cancellationToken.UnsafeRegister(static state => ((InMemoryExchange)state!).Abort(), exchange))
            await exchange.Started.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return exchange.ToResponse(running);
    }
}
