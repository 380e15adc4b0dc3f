using System.Globalization;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Discovery;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.OpenApi;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>The way of every request, whether it came over a socket or from within the process: who, what, may they, do it.</summary>
internal sealed class RequestPipeline(ApiOperations operations, DiscoveryEndpoint discovery, ServerInfoEndpoint info, OpenApiEndpoint openApi, Access access)
{
    private readonly ResourceEndpoint _resources = new(operations, new BodyReader(new BuiltInKinds(operations.Registry)));

    public async Task HandleAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["Audit-Id"] = context.Request.Headers.TryGetValue("Audit-ID", out var audit) ? audit : Guid.NewGuid().ToString();
        headers.CacheControl = "no-cache, private";
        try
        {
            await RouteAsync(context).ConfigureAwait(false);
        }
        catch (StatusException e)
        {
            await FailAsync(context, e).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer.
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            await FailAsync(context, Failures.Internal(e.Message)).ConfigureAwait(false);
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var path = RequestPath.Of(context);
        if (path is { IsWatch: true, Resource: null })
        {
            var asked = context.Request.Path + context.Request.QueryString;
            await ResponseWriter.TextAsync(context, 500, $"Internal Server Error: \"{asked}\": failed to create RequestInfo: unable to determine kind and namespace from url, {asked}\n").ConfigureAwait(false);
            return;
        }

        var user = await access.AuthenticateAsync(context).ConfigureAwait(false);
        var verb = Verb(context, path);
        if (await access.RefusalAsync(user, path, verb, context).ConfigureAwait(false) is { } refusal)
            throw refusal;
        if (verb != "watch" && QueryDuration.Problem(context.Request.Query["timeout"].ToString()) is { } problem)
            throw Failures.BadRequest($"invalid timeout specified in the request URL - {problem}");
        if (!path.IsApi)
        {
            if (!await info.TryHandleAsync(context, path).ConfigureAwait(false) && !await openApi.TryHandleAsync(context).ConfigureAwait(false))
                await ResponseWriter.PageNotFoundAsync(context).ConfigureAwait(false);
            return;
        }

        if (path.Resource is null)
            await discovery.HandleAsync(context, path).ConfigureAwait(false);
        else if (Target(path, verb, context.Request.Method) is { } target)
            await _resources.HandleAsync(context, target, verb, user).ConfigureAwait(false);
        else
            await ResponseWriter.PageNotFoundAsync(context).ConfigureAwait(false);
    }

    internal static string Verb(HttpContext context, RequestPath path) => path.IsWatch ? "watch" : context.Request.Method switch
    {
        "GET" or "HEAD" when path.Name is not null => "get",
        "GET" or "HEAD" => QueryOptions.Bool(context.Request.Query, "watch") == true ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => path.Name is null ? "deletecollection" : "delete",
        _ => context.Request.Method.ToLowerInvariant(),
    };

    /// <summary>What the path names, or null where custom resources are asked for that nobody defined.</summary>
    private ResourceTarget? Target(RequestPath path, string verb, string method)
    {
        var registry = operations.Registry.Current;
        var type = registry.Find(path.Group, path.Resource!);
        var version = type?.Version(path.Version!);
        if (type is null || version is not { Served: true })
        {
            if (registry.Types.Any(known => !known.IsCustom && known.Group == path.Group))
                throw NoSuchResource();
            return null;
        }

        if (type.IsCustom && !type.Namespaced && path.Namespace is not null)
            return null;
        var ns = type.Namespaced ? path.Namespace : null;
        var target = new ResourceTarget(type, version, ns, path.Name, path.Subresource);
        if (path.IsWatch && !type.IsCustom && (path.Subresource is not null || !version.Verbs.Contains("watch") || (type.Namespaced && path.Name is not null && ns is null)))
            throw NoSuchResource();
        // The server of custom resources tells requests apart by their verb alone, that of built-in kinds by their method too.
        if (!type.IsCustom && (HttpMethods.IsHead(method) || (path.IsWatch && !HttpMethods.IsGet(method))))
            throw Failures.MethodNotAllowed();
        RequireShape(path, target, verb);
        return target;
    }

    private void RequireShape(RequestPath path, ResourceTarget target, string verb)
    {
        var (type, version) = (target.Type, target.Version);
        if (path.Subresource is { } name)
        {
            var subresource = version.Subresource(name) ?? throw (type.IsCustom ? Failures.NotFound(type.Resource, path.Name!) : NoSuchResource());
            if (!subresource.Verbs.Contains(verb))
                throw type.IsCustom ? Failures.NotSupported(type.Resource, verb) : Failures.MethodNotAllowed();
            if (name is "log" or "exec" or "attach" or "portforward" or "proxy" && operations.Handler(type.Resource, name) is null)
                throw operations.Store.Find(type.Storage, target.Namespace, path.Name!) is null ? Failures.NotFound(type.Resource, path.Name!) : Failures.NotImplemented($"{type.Resource}/{name}");
            return;
        }

        if (!type.Namespaced && path.Namespace is not null)
            throw NoSuchResource();
        if (type.IsCustom && path.Name is null && verb is "update" or "patch")
            throw Failures.BadRequest("name must be provided");
        var onCollection = verb is "list" or "create" or "deletecollection";
        var needsNamespace = type.Namespaced && path.Namespace is null && verb is not ("list" or "watch");
        if (!version.Verbs.Contains(verb) || needsNamespace || (onCollection && path.Name is not null && !(type.IsCustom && verb == "create")) || (!onCollection && verb != "watch" && path.Name is null))
            throw Failures.MethodNotAllowed();
    }

    private static StatusException NoSuchResource() =>
        new(404, "NotFound", "the server could not find the requested resource", Json.JsonObject.Empty);

    private static async Task FailAsync(HttpContext context, StatusException failure)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        ResourceEndpoint.AddWarnings(context);
        if (failure.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var representation = Representation.ForErrors(context.Request);
        await ResponseWriter.ObjectAsync(context, failure.Code, failure.ToStatus(), representation).ConfigureAwait(false);
    }
}
