using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Faults;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Turns a request for a resource into a call of a verb, and its outcome into an answer.</summary>
internal sealed class ResourceEndpoint(ApiOperations operations, BodyReader bodies)
{
    public async Task HandleAsync(HttpContext context, ResourceTarget target, string verb, UserInfo user)
    {
        if (target.Version.DeprecationWarning is { } deprecated)
            AddWarning(context, deprecated);
        switch (verb)
        {
            case "watch":
                await WatchAsync(context, target).ConfigureAwait(false);
                break;
            case "list":
                await ListAsync(context, target).ConfigureAwait(false);
                break;
            case "get":
                await GetAsync(context, target).ConfigureAwait(false);
                break;
            case "create":
                await CreateAsync(context, target, user).ConfigureAwait(false);
                break;
            case "update":
                await UpdateAsync(context, target, user).ConfigureAwait(false);
                break;
            case "patch":
                await PatchAsync(context, target, user).ConfigureAwait(false);
                break;
            case "delete":
                await DeleteAsync(context, target, user).ConfigureAwait(false);
                break;
            default:
                await DeleteCollectionAsync(context, target, user).ConfigureAwait(false);
                break;
        }
    }

    public static bool IsPretty(HttpRequest request)
    {
        if (request.Query.TryGetValue("pretty", out var pretty))
            return pretty.ToString() is not ("false" or "0");
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal) || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }

    private async Task GetAsync(HttpContext context, ResourceTarget target)
    {
        var representation = Negotiate(context, target, isList: false);
        if (QueryOptions.Bool(context.Request.Query, "export") == true)
            throw Failures.BadRequest("the export parameter, deprecated since v1.14, is no longer supported");
        var obj = await operations.GetAsync(target, context.RequestAborted, context.Request.Query["resourceVersion"].ToString(), StaleReads.RevisionFor(context)).ConfigureAwait(false);
        await WriteAsync(context, 200, target, obj, representation).ConfigureAwait(false);
    }

    private async Task ListAsync(HttpContext context, ResourceTarget target)
    {
        var representation = Negotiate(context, target, isList: true);
        var options = QueryOptions.List(context.Request.Query, isWatch: false);
        var list = await operations.ListAsync(target with { Name = null }, options, context.RequestAborted).ConfigureAwait(false);
        await WriteListAsync(context, target, list, representation).ConfigureAwait(false);
    }

    private async Task WatchAsync(HttpContext context, ResourceTarget target)
    {
        var representation = Representation.Negotiate(context.Request.Headers.Accept, IsPretty(context.Request), target.Type.IsCustom, isList: true, streaming: true);
        var options = QueryOptions.List(context.Request.Query, isWatch: true);
        var events = operations.WatchAsync(target, options, context.RequestAborted);
        var form = new EventForm(target, representation, context.Request, operations.Clock);
        if (WatchSocket.Upgrade(context) is { } upgrade)
            await WatchSocket.WriteAsync(context, upgrade, events, form).ConfigureAwait(false);
        else
            await WatchWriter.WriteAsync(context, events, form).ConfigureAwait(false);
    }

    private async Task CreateAsync(HttpContext context, ResourceTarget target, UserInfo user)
    {
        var representation = Negotiate(context, target, isList: false);
        var request = Remembered(context, QueryOptions.Write(context.Request.Query, "CreateOptions", user, UserAgent(context)));
        var bytes = await BodyReader.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var body = bodies.Object(bytes, context.Request.ContentType, target);
        var result = await operations.CreateAsync(target, body, request, context.RequestAborted).ConfigureAwait(false);
        await WriteResultAsync(context, target, request, result, representation).ConfigureAwait(false);
    }

    private async Task UpdateAsync(HttpContext context, ResourceTarget target, UserInfo user)
    {
        var representation = Negotiate(context, target, isList: false);
        var request = Remembered(context, QueryOptions.Write(context.Request.Query, "UpdateOptions", user, UserAgent(context)));
        var bytes = await BodyReader.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var body = bodies.Object(bytes, context.Request.ContentType, target);
        var result = await operations.UpdateAsync(target, body, request, context.RequestAborted).ConfigureAwait(false);
        await WriteResultAsync(context, target, request, result, representation).ConfigureAwait(false);
    }

    private async Task PatchAsync(HttpContext context, ResourceTarget target, UserInfo user)
    {
        var representation = Negotiate(context, target, isList: false);
        var type = PatchTypeOf(context.Request.ContentType, target.Type.IsCustom);
        var request = Remembered(context, QueryOptions.Write(context.Request.Query, "PatchOptions", user, UserAgent(context), isApply: type == PatchType.Apply));
        var bytes = await BodyReader.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var document = await DocumentAsync(context, target, bytes, type).ConfigureAwait(false);
        var patch = new PatchBody(type, document.Value) { DuplicateFields = document.DuplicateFields, RepeatedKeys = document.RepeatedKeys, Force = QueryOptions.Bool(context.Request.Query, "force") ?? false };
        var result = await operations.PatchAsync(target, patch, request, context.RequestAborted).ConfigureAwait(false);
        await WriteResultAsync(context, target, request, result, representation).ConfigureAwait(false);
    }

    private async Task DeleteAsync(HttpContext context, ResourceTarget target, UserInfo user)
    {
        var representation = Negotiate(context, target, isList: false);
        var (options, request) = await DeleteOptionsAsync(context, user).ConfigureAwait(false);
        var result = await operations.DeleteAsync(target, options, request, context.RequestAborted).ConfigureAwait(false);
        await WriteResultAsync(context, target, request, result, representation).ConfigureAwait(false);
    }

    private async Task DeleteCollectionAsync(HttpContext context, ResourceTarget target, UserInfo user)
    {
        var representation = Negotiate(context, target, isList: true);
        var selection = QueryOptions.List(context.Request.Query, isWatch: false);
        var (options, request) = await DeleteOptionsAsync(context, user).ConfigureAwait(false);
        var list = await operations.DeleteCollectionAsync(target, selection, options, request, context.RequestAborted).ConfigureAwait(false);
        AddWarnings(context, request);
        await WriteListAsync(context, target, list, representation).ConfigureAwait(false);
    }

    private static async Task<(DeleteOptions Options, RequestContext Request)> DeleteOptionsAsync(HttpContext context, UserInfo user)
    {
        var bytes = await BodyReader.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var (options, dryRun) = DeleteOptionsReader.Read(BodyReader.Options(bytes, context.Request.ContentType), context.Request.Query);
        return (options, Remembered(context, new RequestContext { User = user, DryRun = dryRun }));
    }

    // Upstream compares the letters as they are, unlike for other bodies.
    private static PatchType PatchTypeOf(string? contentType, bool custom) => contentType?.Split(';', 2)[0] switch
    {
        "application/json-patch+json" => PatchType.Json,
        "application/merge-patch+json" => PatchType.Merge,
        "application/apply-patch+yaml" => PatchType.Apply,
        "application/strategic-merge-patch+json" when !custom => PatchType.Strategic,
        _ => throw (custom
            ? Failures.UnsupportedMediaType("application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml")
            : new StatusException(415, "UnsupportedMediaType", "415: Unsupported Media Type", JsonObject.Empty)),
    };

    /// <summary>The document of a patch. Whether there is something to patch is known before a patch is read, unlike an apply.</summary>
    private async Task<ParsedJson> DocumentAsync(HttpContext context, ResourceTarget target, byte[] bytes, PatchType type)
    {
        try
        {
            return Document(bytes, type);
        }
        catch (StatusException) when (type != PatchType.Apply)
        {
            await operations.GetAsync(target with { Subresource = null }, context.RequestAborted).ConfigureAwait(false);
            throw;
        }
    }

    private static ParsedJson Document(byte[] bytes, PatchType type)
    {
        try
        {
            return type == PatchType.Apply ? YamlParser.Parse(bytes) : JsonParser.Parse(bytes);
        }
        catch (JsonSyntaxException e)
        {
            throw Failures.BadRequest(type switch
            {
                PatchType.Apply => $"error decoding YAML: error converting YAML to JSON: {e.Message}",
                PatchType.Strategic => e.Message,
                _ => $"error decoding patch: {e.Message}",
            });
        }
    }

    private static Representation Negotiate(HttpContext context, ResourceTarget target, bool isList)
    {
        var representation = Representation.Negotiate(context.Request.Headers.Accept, IsPretty(context.Request), target.Type.IsCustom, isList);
        PartialMetadata.RequireFitting(representation.Form, target, isList);
        return representation;
    }

    private Task WriteResultAsync(HttpContext context, ResourceTarget target, RequestContext request, WriteResult result, Representation representation)
    {
        AddWarnings(context, request);
        return WriteAsync(context, result.Created ? 201 : 200, target, result.Object, representation);
    }

    private Task WriteAsync(HttpContext context, int code, ResourceTarget target, JsonObject obj, Representation representation)
    {
        // A Status is always shown as it is.
        var shown = obj.StringAt("kind") == "Status" ? obj : representation.Form switch
        {
            ObjectForm.Metadata => PartialMetadata.Of(obj),
            ObjectForm.Table => Rows(context, target, [obj], TableForm.Metadata(obj), representation),
            _ => obj,
        };
        return ResponseWriter.ObjectAsync(context, code, shown, representation);
    }

    private Task WriteListAsync(HttpContext context, ResourceTarget target, ListResult list, Representation representation)
    {
        var metadata = ListForm.Metadata(target, list);
        var shown = representation.Form switch
        {
            ObjectForm.MetadataList => PartialMetadata.ListOf(list.Continue.Length == 0 ? metadata.Without("continue") : metadata, list.Items),
            ObjectForm.Table => Rows(context, target, list.Items, metadata, representation),
            _ => ListForm.Of(target, metadata, list.Items),
        };
        return ResponseWriter.ObjectAsync(context, 200, shown, representation);
    }

    private JsonObject Rows(HttpContext context, ResourceTarget target, IReadOnlyList<JsonObject> objects, JsonObject metadata, Representation representation) =>
        TableForm.Of(target, objects, metadata, context.Request.Query["includeObject"].ToString(), representation.TableVersion, operations.Clock.GetUtcNow());

    /// <summary>Writes the warnings of a request that failed: they say what else is wrong with it.</summary>
    public static void AddWarnings(HttpContext context)
    {
        if (context.Features.Get<RequestContext>() is { } request)
            AddWarnings(context, request);
    }

    private static RequestContext Remembered(HttpContext context, RequestContext request)
    {
        context.Features.Set(request);
        return request;
    }

    private static void AddWarnings(HttpContext context, RequestContext request)
    {
        foreach (var warning in request.Warnings)
            AddWarning(context, warning);
    }

    private static void AddWarning(HttpContext context, string text) => context.Response.Headers.Append("Warning", $"299 - {GoQuoted.Of(text)}");

    private static string UserAgent(HttpContext context) => context.Request.Headers.UserAgent.ToString();
}
