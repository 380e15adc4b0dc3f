using System.Globalization;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>Serves <c>/openapi</c> over HTTP.</summary>
internal sealed class OpenApiEndpoint(OpenApiPublisher publisher, TimeProvider clock)
{
    /// <summary>Answers the request; false where its path is not of OpenAPI.</summary>
    public async Task<bool> TryHandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var path = request.Path.Value ?? "/";
        var accept = request.Headers.Accept.ToString();
        var isProtobuf = path.TrimEnd('/') == "/openapi/v2" && (accept.StartsWith(SwaggerProtobuf.AskedFor, StringComparison.Ordinal) || accept.StartsWith(SwaggerProtobuf.MediaType, StringComparison.Ordinal));
        if ((isProtobuf ? publisher.AnswerProtobuf() : publisher.Answer(path, request.Query["hash"])) is not { } answer)
            return false;
        if (answer.Status == 200 && !isProtobuf && !AcceptsJson(accept))
        {
            response.StatusCode = 406;
            return true;
        }

        response.StatusCode = answer.Status;
        if (answer.Location is not null)
            response.Headers.Location = answer.Location;
        if (answer.Status is 200 or 301)
            response.ContentType = isProtobuf ? SwaggerProtobuf.MediaType : path.TrimEnd('/').EndsWith("/v3", StringComparison.Ordinal) ? "text/plain; charset=utf-8" : "application/json";
        if (answer.ETag is { } tag)
        {
            response.Headers.ETag = tag;
            response.Headers.Vary = "Accept";
            if (request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            {
                response.StatusCode = 304;
                return true;
            }
        }

        if (answer.IsImmutable)
        {
            response.Headers.CacheControl = "public, immutable";
            response.Headers.Expires = clock.GetUtcNow().AddYears(1).ToString("R", CultureInfo.InvariantCulture);
        }

        await ResponseWriter.BodyAsync(context, answer.Body).ConfigureAwait(false);
        return true;
    }

    private static bool AcceptsJson(string accept) =>
        accept.Length == 0 || accept.Contains("json", StringComparison.Ordinal) || accept.Contains("*/*", StringComparison.Ordinal);
}
