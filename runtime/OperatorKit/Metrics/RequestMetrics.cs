using System.Globalization;
using OperatorKit.Client;

namespace OperatorKit.Metrics;

/// <summary>Counts what the operator sends to the API server.</summary>
internal sealed class RequestMetrics(OperatorMetrics metrics, Uri server)
{
    private readonly string _host = server.Authority;

    public void Sent(ClientRequest request)
    {
        var method = request.Method.Method;
        // client-go writes <error> where there was no answer.
        var code = request.Code is { } answered ? ((int)answered).ToString(CultureInfo.InvariantCulture) : "<error>";
        metrics.Requests.With(code, method, _host).Add();
        if (request.Attempt > 1)
            metrics.RequestRetries.With(code, method, _host).Add();
        metrics.RequestDuration.With(method, _host).Observe(request.Duration.TotalSeconds);
        metrics.RequestSize.With(method, _host).Observe(request.Body.Length);
    }
}
