using OperatorKit.ApiServer.Hosting;

namespace OperatorKit.ApiServer.Tests.Hosting;

public sealed class InMemoryHandlerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_before_the_server_fails_still_arrives()
    {
        using var client = Client(static async context =>
        {
            await context.Response.StartAsync();
            await context.Response.BodyWriter.WriteAsync("written"u8.ToArray());
            throw new IOException("cut");
        });

        var (text, error) = await ReadAsync(client);

        text.ShouldBe("written");
        error.ShouldBeOfType<IOException>();
    }

    [Fact]
    public async Task What_was_written_before_the_request_is_aborted_still_arrives_though_the_server_goes_on()
    {
        var end = new TaskCompletionSource();
        using var client = Client(async context =>
        {
            await context.Response.StartAsync();
            await context.Response.BodyWriter.WriteAsync("written"u8.ToArray());
            context.Abort();
            await end.Task;
        });

        var (text, error) = await ReadAsync(client);
        end.SetResult();

        text.ShouldBe("written");
        error.ShouldBeOfType<IOException>();
    }

    [Fact]
    public async Task A_long_answer_arrives_whole_though_nobody_started_it()
    {
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);
        using var client = Client(async context => await context.Response.Body.WriteAsync(sent));

        (await client.GetByteArrayAsync("http://server.test/", Cancelled)).ShouldBe(sent);
    }

    [Fact]
    public async Task A_failure_before_the_answer_is_one_of_the_request()
    {
        using var client = Client(static _ => throw new IOException("cut"));

        (await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("http://server.test/", Cancelled))).InnerException.ShouldBeOfType<IOException>();
    }

    private static HttpClient Client(Func<Microsoft.AspNetCore.Http.HttpContext, Task> handle) => new(new InMemoryHandler(handle));

    private static async Task<(string Text, Exception? Error)> ReadAsync(HttpClient client)
    {
        using var response = await client.GetAsync("http://server.test/", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        var body = await response.Content.ReadAsStreamAsync(Cancelled);
        var text = new System.Text.StringBuilder();
        var buffer = new byte[4];
        try
        {
            while (await body.ReadAsync(buffer, Cancelled) is var read && read > 0)
                text.Append(System.Text.Encoding.ASCII.GetString(buffer, 0, read));
            return (text.ToString(), null);
        }
        catch (IOException error)
        {
            return (text.ToString(), error);
        }
    }
}
