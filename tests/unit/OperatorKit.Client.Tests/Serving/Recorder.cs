using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OperatorKit.Client.Tests;

/// <summary>Answers requests from a list and keeps what was asked.</summary>
internal sealed class Recorder
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public List<Sent> Requests { get; } = [];

    public Sent Last => Requests[^1];

    public Recorder Answer(HttpStatusCode code, string body, string mediaType = "application/json", Action<HttpResponseHeaders>? headers = null)
    {
        _answers.Enqueue(() =>
        {
            var response = new HttpResponseMessage(code) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
            headers?.Invoke(response.Headers);
            return response;
        });
        return this;
    }

    public Recorder Answer(string body) => Answer(HttpStatusCode.OK, body);

    public Recorder Fail(Exception exception)
    {
        _answers.Enqueue(() => throw exception);
        return this;
    }

    public Recorder Answer(HttpContent content)
    {
        _answers.Enqueue(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        return this;
    }

    public Recorder Status(int code, string reason, string message, string details = "{}", Action<HttpResponseHeaders>? headers = null) => Answer(
        (HttpStatusCode)code,
        $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"{{message}}","reason":"{{reason}}","details":{{details}},"code":{{code}}}""",
        headers: headers);

    public KubernetesClient Client(KubernetesClientOptions? options = null, ClusterConnection? connection = null) => new(
        connection ?? new ClusterConnection { Server = new Uri("http://cluster.test"), Source = "context dev of test" },
        (options ?? new KubernetesClientOptions { TimeProvider = new ImmediateTime() }) with { Handler = new Handler(this) });

    public ResourceClient<Widget> Widgets(string? @namespace = "default", KubernetesClientOptions? options = null) => Client(options).Resource<Widget>(@namespace);

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value));
        Requests.Add(new Sent(request.Method.Method, request.RequestUri!.PathAndQuery, body, request.Content?.Headers.ContentType?.MediaType, headers));
        var response = _answers.Count > 0 ? _answers.Dequeue()() : throw new InvalidOperationException($"No answer is left for {request.Method} {request.RequestUri}.");
        response.RequestMessage = request;
        return response;
    }

    private sealed class Handler(Recorder recorder) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            recorder.AnswerAsync(request, cancellationToken);
    }
}

internal sealed record Sent(string Method, string Path, string Body, string? ContentType, IReadOnlyDictionary<string, string> Headers);
