using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Schemas;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Carries out one entry of the <c>mutations</c> of a policy.</summary>
internal static class Mutation
{
    /// <summary>The object with the change, filled in with defaults.</summary>
    /// <exception cref="MutationException">The expression or what it made is wrong.</exception>
    /// <exception cref="StatusException">What it made is no object of the kind.</exception>
    public static JsonObject Apply(JsonObject mutation, CompiledPolicy policy, AdmissionRequest request, CelScope scope)
    {
        var byPatch = mutation.StringAt("patchType") == "JSONPatch";
        var expression = policy.Expression((mutation.StringAt(byPatch ? "jsonPatch" : "applyConfiguration", "expression") ?? "").Trim(), PolicyExpressionUse.Patch);
        var made = Evaluate(policy.Begin(scope, CelBudget.PerObject), expression);
        if (made is CelError error)
            throw new MutationException(AdmissionExpressions.Failed(expression, error));
        var changed = byPatch ? Patched(request.Object!, (CelList)made) : Merged(request, (CelMessage)made);
        RequireOwnVersion(request);
        return Fitted(request.Target, changed);
    }

    /// <summary>As upstream, which does not bring what was made of a built-in kind in another version back into the one of the request.</summary>
    private static void RequireOwnVersion(AdmissionRequest request)
    {
        var target = request.Target;
        if (request.Addressed is not { } own || target.Type.IsCustom || target.Subresource == "scale")
            return;
        throw new MutationException(ReferenceEquals(own.Type, target.Type)
            ? $"converting ({target.Version.Name}.{target.Type.Kind}) to ({own.Version.Name}.{own.Type.Kind}): unknown conversion"
            : $"{target.Version.Name}.{target.Type.Kind} is not suitable for converting to \"{own.ApiVersion}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
    }

    private static object Evaluate(AdmissionEvaluation evaluation, CelExpression expression)
    {
        try
        {
            return evaluation.Evaluate(expression);
        }
        catch (CelBudgetException exceeded)
        {
            throw new MutationException(exceeded.Message);
        }
    }

    private static JsonValue Patched(JsonObject value, CelList operations)
    {
        try
        {
            return AdmissionPatch.Apply(value, operations.Items.Cast<CelMessage>().Select(Operation), nullsAreValues: true);
        }
        catch (AdmissionPatchException failure)
        {
            return failure.IsTest ? value : throw new MutationException($"JSON Patch: {failure.Message}");
        }
    }

    private static JsonObject Operation(CelMessage operation)
    {
        if (operation.Fields.GetValueOrDefault("value") is CelMessage value)
            MessageNames.Require(value);
        return (JsonObject)Json(operation);
    }

    private static JsonObject Merged(AdmissionRequest request, CelMessage configuration)
    {
        MessageNames.Require(configuration);
        const string untyped = "error applying patch: failed to convert patch object to typed object";
        var (live, spoken) = (request.Object!, Spoken.By(request.Target));
        // As upstream, where the schemas of a group do not have the kinds of its subresources.
        if (spoken.Group != request.Target.Type.Group)
            throw new MutationException($"{untyped}: no corresponding type for {spoken.Group}/{spoken.Version}, Kind={spoken.Kind}");
        var config = (JsonObject)Json(configuration);
        foreach (var field in (string[])["apiVersion", "kind"])
            config = config.With(field, live[field] ?? JsonValue.Null);
        var type = MergeType.ForObject(SchemaOf(request.Target));
        try
        {
            RequireValues(config, type, []);
            MergeTypeCheck.Require(config, type);
        }
        catch (MergeTypeException error)
        {
            throw new MutationException($"{untyped}: {error.Message}");
        }

        if (AtomicParts.In(config, type) is { Count: > 0 } atomic)
            throw new MutationException($"error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: {string.Join(", ", atomic)}");
        try
        {
            return ObjectMerge.Of(live, config, type);
        }
        catch (MergeTypeException error)
        {
            throw new MutationException($"error applying patch: failed to merge patch: {error.Message}");
        }
    }

    /// <summary>A null is a value like any other here, and one of no type that a field has.</summary>
    private static void RequireValues(JsonValue value, MergeType? type, List<string> path)
    {
        if (value is JsonNull)
            throw new MergeTypeException(PathElement.Display(path), $"expected {(type is { IsMap: true } ? "map" : type is { IsList: true } ? "list" : "scalar")}, got &{{NULL_VALUE}}");
        var parts = value switch
        {
            JsonObject members => members.Select(member => (PathElement.Field(member.Key), member.Value, type?.Field(member.Key))),
            JsonArray items => items.Items.Select((item, index) => (PathElement.Index(index), item, type?.Element)),
            _ => [],
        };
        foreach (var (element, part, partType) in parts)
            RequireValues(part, partType, [.. path, element]);
    }

    /// <summary>What a change left, as an object of its kind: a built-in one knows all of its fields, a custom one loses those that its schema does not.</summary>
    private static JsonObject Fitted(ResourceTarget target, JsonValue changed)
    {
        if (changed is not JsonObject obj)
            throw Failures.Internal("the patch of a policy leaves no object");
        if (target.Type.IsCustom && target.Subresource != "scale")
            return ObjectSchemas.Refit(target.Version, obj);
        try
        {
            var decoded = TypedDecoder.Decode(obj, SchemaOf(target));
            if (decoded.UnknownFields.Length > 0)
                throw Failures.Internal($"strict decoding error: {string.Join(", ", decoded.UnknownFields.Select(static path => $"unknown field \"{path}\""))}");
            return target.Subresource == "scale" ? decoded.Value : ObjectSchemas.Complete(target.Type, target.Version, decoded.Value);
        }
        catch (DecodingException error)
        {
            throw Failures.Internal(error.Message);
        }
    }

    private static StructuralSchema SchemaOf(ResourceTarget target)
    {
        var spoken = Spoken.By(target);
        return spoken.Kind == target.Type.Kind ? target.Version.Schema : BuiltInSchemas.Find(spoken.Group, spoken.Version, spoken.Kind) ?? target.Version.Schema;
    }

    private static JsonValue Json(object value)
    {
        try
        {
            return CelToJson.Of(value);
        }
        catch (CelException error)
        {
            throw new MutationException(error.Message);
        }
    }
}

/// <summary>A mutation that cannot be carried out. The message is the one of kube-apiserver.</summary>
internal sealed class MutationException(string message) : Exception(message);
