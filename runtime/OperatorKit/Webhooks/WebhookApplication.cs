using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Webhooks.Admission;
using OperatorKit.Webhooks.Conversion;
using OperatorKit.Webhooks.Json;

namespace OperatorKit.Webhooks;

/// <summary>Answers what the API server posts: by path, whatever the webhooks do.</summary>
internal sealed partial class WebhookApplication
{
    private readonly FrozenDictionary<string, Func<JsonNode?, CancellationToken, Task<JsonObject>>> _routes;
    private readonly OperatorMetrics _metrics;
    private readonly MetricSeries _panics;
    private readonly long _maxBodySize;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public WebhookApplication(
        IReadOnlyList<AdmissionResponder> admission, ConversionResponder conversion, OperatorMetrics metrics, long maxBodySize, TimeProvider time, ILogger logger)
    {
        _metrics = metrics;
        _maxBodySize = maxBodySize;
        _time = time;
        _logger = logger;
        var routes = new Dictionary<string, Func<JsonNode?, CancellationToken, Task<JsonObject>>>(StringComparer.Ordinal)
        {
            [WebhookNames.ConversionPath] = (review, _) => Task.FromResult(conversion.Answer(review)),
        };
        foreach (var responder in admission)
        {
            var registration = responder.Registration;
            if (registration.Validating is { } validating)
                routes[registration.ValidatingPath] = (review, token) => AdmitAsync(review, validating, responder.ValidateAsync, token);
            if (registration.Mutating is { } mutating)
                routes[registration.MutatingPath] = (review, token) => AdmitAsync(review, mutating, responder.MutateAsync, token);
        }

        _routes = routes.ToFrozenDictionary(StringComparer.Ordinal);
        _panics = metrics.WebhookPanics.With();
    }

    /// <summary>What answers for an operator.</summary>
    public static WebhookApplication Of(
        IReadOnlyList<WebhookRegistration> registrations, IReadOnlyList<KindConversion> conversions, OperatorServices given, OperatorMetrics metrics)
    {
        var logger = given.Loggers.CreateLogger("OperatorKit.Webhooks");
        return new WebhookApplication(
            [.. registrations.Select(r => r.Build(given.Provider))], new ConversionResponder(conversions, logger), metrics, given.Options.Webhooks.MaxBodySize, given.Time, logger);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var start = _time.GetTimestamp();
        var path = context.Request.Path.Value ?? "";
        if (!_routes.TryGetValue(path, out var route))
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, "There is no webhook here.\n").ConfigureAwait(false);
            return;
        }

        var inFlight = _metrics.WebhookInFlight.With(path);
        int code;
        inFlight.Add();
        try
        {
            code = await AnswerAsync(context, route).ConfigureAwait(false);
        }
        finally
        {
            inFlight.Add(-1);
        }

        _metrics.WebhookRequests.With(path, code.ToString(CultureInfo.InvariantCulture)).Add(1);
        _metrics.WebhookLatency.With(path).Observe(_time.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<int> AnswerAsync(HttpContext context, Func<JsonNode?, CancellationToken, Task<JsonObject>> route)
    {
        try
        {
            if (!HttpMethods.IsPost(context.Request.Method))
                return await WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Reviews are posted.\n").ConfigureAwait(false);
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = _maxBodySize;
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
            var answer = await route(ModelJson.Parse(body.GetBuffer().AsSpan(0, (int)body.Length)), context.RequestAborted).ConfigureAwait(false);
            context.Response.ContentType = "application/json";
            var json = new Utf8JsonWriter(context.Response.BodyWriter);
            await using (json.ConfigureAwait(false))
            {
                answer.WriteTo(json);
            }

            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }
        catch (JsonException exception)
        {
            return await WriteAsync(context, StatusCodes.Status400BadRequest, exception.Message + "\n").ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            return await WriteAsync(context, exception.StatusCode, exception.Message + "\n").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return StatusCodes.Status499ClientClosedRequest;
        }
    }

    /// <summary>A webhook that throws says neither yes nor no: its failure policy does.</summary>
    private async Task<JsonObject> AdmitAsync(
        JsonNode? review, WebhookSettings settings, Func<JsonObject, CancellationToken, Task<JsonObject>> answer, CancellationToken cancellationToken)
    {
        var request = AdmissionReview.RequestOf(review);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TimeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await answer(request, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not JsonException && !cancellationToken.IsCancellationRequested)
        {
            if (Panic.Is(exception))
                _panics.Add();
            var (kind, name) = (AdmissionReview.Text(request["kind"] as JsonObject ?? [], "kind"), AdmissionReview.Text(request, "name"));
            LogFailed(exception, kind, AdmissionReview.Text(request, "namespace"), name);
            var message = $"the webhook for {kind} failed: {exception.GetType().Name}: {exception.Message}";
            return settings.FailurePolicy == FailurePolicy.Ignore
                ? AdmissionReview.Allow(request, [message], [])
                : AdmissionReview.Deny(request, [], StatusCodes.Status500InternalServerError, "InternalError", message);
        }
    }

    private static async Task<int> WriteAsync(HttpContext context, int status, string text)
    {
        if (context.Response.HasStarted)
            return status;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
        return status;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook for {Kind} {Namespace}/{Name} failed")]
    private partial void LogFailed(Exception exception, string kind, string @namespace, string name);
}
