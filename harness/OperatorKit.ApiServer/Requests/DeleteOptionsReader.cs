using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.OpenApi;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Requests;

/// <summary>DeleteOptions from the body of a DELETE, or from its query where there is no body.</summary>
internal static class DeleteOptionsReader
{
    private const string Scheme = "k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27";

    /// <returns>The options, and whether they ask for a dry run.</returns>
    public static (DeleteOptions Options, bool DryRun) Read(JsonObject? body, IQueryCollection query)
    {
        if (body is not null)
        {
            var kind = body.StringAt("kind") ?? "";
            if (kind is not ("" or "DeleteOptions"))
                throw Failures.BadRequest($"no kind \"{kind}\" is registered for version \"{body.StringAt("apiVersion") ?? "meta.k8s.io/v1"}\" in scheme \"{Scheme}\"");
            body = Decoded(body);
        }

        var policy = body is null ? query["propagationPolicy"].ToString() : body.StringAt("propagationPolicy") ?? "";
        var orphan = body is null ? QueryOptions.Bool(query, "orphanDependents") : body.BoolAt("orphanDependents");
        var dryRun = body is null ? [.. query["dryRun"].Select(static value => value ?? "")] : (body.ArrayAt("dryRun")?.OfType<JsonString>().Select(static value => value.Value).ToArray() ?? []);
        QueryOptions.Require("DeleteOptions", Errors(policy, orphan, dryRun));
        return (new DeleteOptions
        {
            Propagation = Policy(policy, orphan),
            GracePeriodSeconds = body is null ? QueryOptions.Number(query, "gracePeriodSeconds") : body.LongAt("gracePeriodSeconds"),
            PreconditionUid = body?.StringAt("preconditions", "uid"),
            PreconditionResourceVersion = body?.StringAt("preconditions", "resourceVersion"),
        }, dryRun.Contains("All", StringComparer.Ordinal));
    }

    private static JsonObject Decoded(JsonObject body)
    {
        try
        {
            return TypedDecoder.Decode(body, BuiltInSchemas.Definition(DefinitionSet.DeleteOptions)).Value;
        }
        catch (DecodingException e)
        {
            throw Failures.BadRequest(e.Message);
        }
    }

    private static PropagationPolicy? Policy(string policy, bool? orphan) => policy switch
    {
        "Foreground" => PropagationPolicy.Foreground,
        "Orphan" => PropagationPolicy.Orphan,
        "Background" => PropagationPolicy.Background,
        _ => orphan switch
        {
            true => PropagationPolicy.Orphan,
            false => PropagationPolicy.Background,
            null => null,
        },
    };

    private static List<FieldError> Errors(string policy, bool? orphan, string[] dryRun)
    {
        var errors = new List<FieldError>();
        if (policy.Length > 0 && orphan is not null)
            errors.Add(FieldError.Invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set"));
        if (policy is not ("" or "Foreground" or "Background" or "Orphan"))
            errors.Add(FieldError.NotSupported("propagationPolicy", policy, "Foreground", "Background", "Orphan", "nil"));
        if (dryRun.Any(static value => value != "All"))
            errors.Add(FieldError.NotSupported("dryRun", JsonArray.Of(dryRun.Select(JsonValue.From)), "All"));
        return errors;
    }
}
