using System.Diagnostics;
using System.Net;

namespace OperatorKit.Client;

/// <summary>The span of a request, for whoever traces; free where nobody does.</summary>
internal static class RequestActivity
{
    private static readonly ActivitySource Source = new("OperatorKit.Client");

    public static Activity? Start(ApiRequest request, Uri server)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var resource = request.Definition is not { } definition ? "" : request.Subresource is null ? " " + definition.QualifiedName : $" {definition.QualifiedName}/{request.Subresource}";
        var activity = Source.StartActivity(request.Verb + resource, ActivityKind.Client);
        activity?
            .SetTag("http.request.method", request.Method.Method)
            .SetTag("server.address", server.Host)
            .SetTag("server.port", server.Port)
            .SetTag("url.full", server.AbsoluteUri.TrimEnd('/') + request.Path)
            .SetTag("k8s.namespace.name", request.Namespace)
            .SetTag("k8s.object.name", request.Name);
        return activity;
    }

    public static void End(Activity? activity, HttpStatusCode code)
    {
        activity?.SetTag("http.response.status_code", (int)code);
        if ((int)code >= 400)
        {
            activity?.SetTag("error.type", ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
        }
    }

    public static void Fail(Activity? activity, Exception exception) =>
        activity?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error, exception.Message);
}
