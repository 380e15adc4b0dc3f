using System.Globalization;
using System.Text;
using OperatorKit.Client;

namespace OperatorKit.Testing.Assertions;

/// <summary>Keeps the last requests that the test and its operators sent: the timeline of a cluster that cannot tell its own.</summary>
internal sealed class RequestLog
{
    private const int Most = 2000;
    private const int Shown = 60;
    private const int LongestBody = 300;

    private readonly Lock _lock = new();
    private readonly Queue<(TimeSpan At, ClientRequest Request)> _requests = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public void Add(ClientRequest request)
    {
        lock (_lock)
        {
            if (_requests.Count == Most)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue((TimeProvider.System.GetElapsedTime(_start), request));
        }
    }

    /// <summary>The last requests that touched a namespace, or all namespaces.</summary>
    public string Describe(string? @namespace)
    {
        (TimeSpan At, ClientRequest Request)[] requests;
        lock (_lock)
        {
            requests = [.. _requests.Where(entry => @namespace is null || entry.Request.Namespace is null || entry.Request.Namespace == @namespace).TakeLast(Shown)];
        }

        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"The last {requests.Length} requests:");
        foreach (var (at, request) in requests)
        {
            Describe(text, at, request);
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, TimeSpan at, ClientRequest request)
    {
        var kind = request.Definition?.QualifiedName ?? request.Path;
        var resource = request.Subresource is null ? kind : $"{kind}/{request.Subresource}";
        var target = request.Name is null ? request.Namespace : $"{request.Namespace}/{request.Name}";
        var code = request.Code is { } answered ? ((int)answered).ToString(CultureInfo.InvariantCulture) : "---";
        text.AppendLine(CultureInfo.InvariantCulture, $"  {at.TotalSeconds,8:0.000}s  {code}  {request.Verb} {resource} {target}");
        if (!request.Body.IsEmpty)
        {
            var body = Encoding.UTF8.GetString(request.Body.Span[..Math.Min(request.Body.Length, LongestBody)]);
            text.Append("             ").Append(body).AppendLine(request.Body.Length > LongestBody ? "..." : "");
        }
    }
}
