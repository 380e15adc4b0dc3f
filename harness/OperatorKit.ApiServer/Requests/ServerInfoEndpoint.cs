using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Requests;

/// <summary>What is not about resources: version, health, the list of paths.</summary>
internal sealed class ServerInfoEndpoint(string gitVersion)
{
    private static readonly string[] Paths = ["/api", "/apis", "/healthz", "/livez", "/openapi/v3", "/readyz", "/version"];

    public async Task<bool> TryHandleAsync(HttpContext context, RequestPath path)
    {
        var text = path.Path.TrimEnd('/');
        switch (text)
        {
            case "":
                await WriteAsync(context, JsonObject.Of(("paths", JsonArray.Of(Paths.Select(JsonValue.From))))).ConfigureAwait(false);
                return true;
            case "/version" when !HttpMethods.IsGet(context.Request.Method):
                throw Failures.MethodNotAllowed();
            case "/version":
                await WriteAsync(context, Version()).ConfigureAwait(false);
                return true;
            case "/healthz" or "/livez" or "/readyz":
                var verbose = context.Request.Query.ContainsKey("verbose");
                await ResponseWriter.TextAsync(context, 200, verbose ? $"[+]ping ok\n{text[1..]} check passed\n" : "ok").ConfigureAwait(false);
                return true;
            case "/healthz/ping" or "/livez/ping" or "/readyz/ping":
                await ResponseWriter.TextAsync(context, 200, "ok").ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private JsonObject Version()
    {
        var numbers = gitVersion.TrimStart('v').Split('.');
        var (major, minor) = (numbers[0], numbers.Length > 1 ? numbers[1] : "0");
        var previous = int.TryParse(minor, out var number) ? (number - 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : minor;
        return JsonObject.Of(
            ("major", major),
            ("minor", minor),
            ("emulationMajor", major),
            ("emulationMinor", minor),
            ("minCompatibilityMajor", major),
            ("minCompatibilityMinor", previous),
            ("gitVersion", gitVersion),
            ("gitCommit", ""),
            ("gitTreeState", "clean"),
            ("buildDate", "1970-01-01T00:00:00Z"),
            ("goVersion", "operatorkit"),
            ("compiler", "roslyn"),
            ("platform", "any"));
    }

    private static Task WriteAsync(HttpContext context, JsonObject value) =>
        ResponseWriter.ObjectAsync(context, 200, value, Representation.Plain with { Pretty = ResourceEndpoint.IsPretty(context.Request) });
}
