using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Patching;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Operations;

/// <summary>What the schema of a version does with an object: reads it, fills it in, and judges it.</summary>
internal static class ObjectSchemas
{
    /// <summary>Go's strict decoder gives up after as many.</summary>
    private const int MostProblems = 100;

    /// <summary>The body as an object of the target's kind: unknown fields are gone, and reported as the request asks.</summary>
    /// <exception cref="StatusException">400: it cannot be read as one.</exception>
    public static JsonObject Decode(ResourceTarget target, RequestBody body, RequestContext request) => Decode(
        target,
        body,
        request,
        problem => Failures.BadRequest($"{Spoken.By(target).Kind} in version \"{Spoken.By(target).Version}\" cannot be handled as a {Spoken.By(target).Kind}: {problem}"));

    /// <summary>As <see cref="Decode(ResourceTarget, RequestBody, RequestContext)"/> for the outcome of a patch: it is the patch that is wrong.</summary>
    public static JsonObject DecodePatched(ResourceTarget target, RequestBody body, RequestContext request)
    {
        if (!target.Type.IsCustom)
            RequireRegistered(target, body);
        return Decode(target, body, request, problem => PatchRefusal(body, problem), isPatch: true);
    }

    /// <summary>A patch may have made another object of an object, perhaps of a kind that there is not.</summary>
    private static void RequireRegistered(ResourceTarget target, RequestBody body)
    {
        var own = Spoken.By(target);
        var (kind, apiVersion) = (body.Value.StringAt("kind") ?? "", body.Value.StringAt("apiVersion") ?? "");
        var group = GroupVersion.Parse(apiVersion);
        if (kind.Length == 0 || apiVersion.Length == 0 || (kind, apiVersion) == (own.Kind, own.ApiVersion))
            return;
        if (BuiltInSchemas.Find(group.Group, group.Version, kind) is null)
            throw PatchRefusal(body, $"no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
        if (kind != own.Kind)
            throw PatchRefusal(body, $"converting ({group.Version}.{kind}) to ({(own.Group.Length == 0 ? "core" : own.Group.Split('.')[0])}.{own.Kind}): unknown conversion");
    }

    /// <summary>How the outcome of a patch is refused.</summary>
    public static StatusException PatchRefusal(RequestBody body, string problem) =>
        Failures.Invalid("", "", "", FieldError.Invalid("patch", GoText.ByName(body.Value).ToString(), problem));

    /// <summary>The body of a request that is not plain storage, as an object of the kind that the endpoint speaks.</summary>
    /// <exception cref="StatusException">400: it cannot be read as one.</exception>
    public static RequestBody DecodeForHandler(ResourceTarget target, RequestBody body, RequestContext request)
    {
        var spoken = Spoken.By(target);
        if (BuiltInSchemas.Find(spoken.Group, spoken.Version, spoken.Kind) is not { } schema)
            return body;
        StatusException Refusal(string problem) => Failures.BadRequest($"{spoken.Kind} in version \"{spoken.Version}\" cannot be handled as a {spoken.Kind}: {problem}");
        try
        {
            var decoded = TypedDecoder.Decode(body.Value.With("kind", spoken.Kind).With("apiVersion", spoken.ApiVersion), schema);
            Report(request, body, Problems(body, decoded, isPatch: false), Refusal);
            return decoded.Value;
        }
        catch (DecodingException error)
        {
            throw Refusal(error.Message);
        }
    }

    /// <summary>As <see cref="DecodePatched"/> for a strategic merge patch, which is not decoded from JSON upstream and so fails in other words.</summary>
    public static JsonObject DecodeMerged(ResourceTarget target, RequestBody body, JsonValue patch, RequestContext request) => Decode(
        target,
        body,
        request,
        problem => Failures.Invalid("", "", "", FieldError.Invalid("patch", GoText.Of(patch), Unrecognized(problem))),
        isPatch: true);

    /// <summary>The object without the empty lists of the body, which storage does not keep.</summary>
    public static JsonObject WithoutEmptyLists(ResourceTarget target, JsonObject obj, RequestContext request) =>
        request.HasEmptyLists && !target.Type.IsCustom ? TypedDecoder.Decode(obj, target.Version.Schema).Value : obj;

    /// <summary>The object with every default in place.</summary>
    /// <param name="type">The type of the object.</param>
    /// <param name="version">Its version.</param>
    /// <param name="obj">The object.</param>
    /// <param name="keepsEmptyLists">Whether it is what a client sent, of which is still to be said who owns it.</param>
    public static JsonObject Complete(ResourceType type, ResourceVersion version, JsonObject obj, bool keepsEmptyLists = false)
    {
        if (type.IsCustom)
            return CustomResourceSchema.Complete(obj, version.Schema);
        obj = type.Traits.Default?.Invoke(obj) ?? obj;
        // Once more, so that what was filled in stands where a real server writes it.
        return TypedDecoder.Decode(obj, version.Schema, keepsEmptyLists).Value;
    }

    /// <summary>A custom resource as its schema is now, whatever it was when the object was written.</summary>
    public static JsonObject Refit(ResourceVersion version, JsonObject obj) => CustomResourceSchema.Complete(Prune(version, obj), version.Schema);

    /// <summary>A custom resource without what the version does not know.</summary>
    public static JsonObject Prune(ResourceVersion version, JsonObject obj) => CustomResourceSchema.Decode(obj, version.Schema).Value;

    /// <summary>Everything that is wrong with the content; the old object is there on update.</summary>
    public static IEnumerable<FieldError> Validate(ResourceType type, ResourceVersion version, JsonObject obj, JsonObject? old) => type.IsCustom
        ? CustomResourceSchema.Validate(obj, old, version.Schema, version.Subresource("scale")?.Scale)
        : type.Traits.Validate?.Invoke(obj, old) ?? [];

    private static JsonObject Decode(ResourceTarget target, RequestBody body, RequestContext request, Func<string, StatusException> refusal, bool isPatch = false)
    {
        try
        {
            var spoken = Spoken.By(target);
            if (target.Type.IsCustom && spoken.Kind == target.Type.Kind)
            {
                RequireType(target, body.Value, refusal);
                var custom = CustomResourceSchema.Decode(Stamped(spoken, body.Value), target.Version.Schema);
                Report(request, body, [.. body.PatchProblems, .. body.DuplicateFields.Select(Duplicate), .. custom.UnknownFields.Select(Unknown)], refusal);
                return custom.Value;
            }

            var decoded = TypedDecoder.Decode(Stamped(spoken, body.Value), SchemaOf(target, spoken), keepsEmptyLists: true);
            request.HasEmptyLists |= decoded.HasEmptyLists;
            Report(request, body, Problems(body, decoded, isPatch), refusal);
            return decoded.Value;
        }
        catch (DecodingException e)
        {
            throw refusal(e.Message);
        }
    }

    /// <summary>The schema of what an endpoint speaks.</summary>
    public static StructuralSchema SchemaOf(ResourceTarget target, Spoken spoken) =>
        spoken.Kind == target.Type.Kind ? target.Version.Schema : BuiltInSchemas.Find(spoken.Group, spoken.Version, spoken.Kind) ?? target.Version.Schema;

    /// <summary>A patch may have taken the type of a custom resource away or changed it; in other bodies only the kind can be wrong by now.</summary>
    private static void RequireType(ResourceTarget target, JsonObject obj, Func<string, StatusException> refusal)
    {
        var (kind, apiVersion, name) = (obj.StringAt("kind") ?? "", obj.StringAt("apiVersion") ?? "", obj.StringAt("metadata", "name") ?? "");
        if (apiVersion.Length == 0)
            throw Failures.Internal("Object 'apiVersion' is missing in 'object has no apiVersion field'");
        if (kind.Length == 0)
            throw refusal($"Object 'Kind' is missing in '{GoText.ByName(obj)}'");
        if (apiVersion != target.ApiVersion)
            throw Failures.Invalid(GroupVersion.Parse(apiVersion).Group, kind, name, FieldError.Invalid("apiVersion", apiVersion, $"must be {target.ApiVersion}"));
        if (kind != target.Type.Kind)
            throw Failures.Invalid(target.Type.Group, kind, name, FieldError.Invalid("kind", kind, $"must be {target.Type.Kind}"));
    }

    /// <summary>
    /// What is wrong with an object of a built-in kind, in the order of the document. Once patched, an object is a Go map upstream:
    /// its unknown fields come by name, after what was wrong with the patch.
    /// </summary>
    private static IReadOnlyCollection<string> Problems(RequestBody body, DecodedObject decoded, bool isPatch)
    {
        if (isPatch)
            return [.. body.PatchProblems, .. body.DuplicateFields.Select(Duplicate), .. decoded.UnknownFields.Order(StringComparer.Ordinal).Select(Unknown)];
        var duplicates = body.DuplicateFields.ToHashSet(StringComparer.Ordinal);
        return [.. DocumentOrder.Of(body.Value, [.. duplicates.Union(decoded.UnknownFields).Take(MostProblems)]).Select(path => duplicates.Contains(path) ? Duplicate(path) : Unknown(path))];
    }

    private static void Report(RequestContext request, RequestBody body, IReadOnlyCollection<string> problems, Func<string, StatusException> refusal)
    {
        if (request.FieldValidation == FieldValidation.Strict && (problems.Count > 0 || body.RepeatedKeys.Length > 0))
            throw refusal($"strict decoding error: {string.Join(", ", body.RepeatedKeys.IsEmpty ? problems : [InYaml(body.RepeatedKeys), .. problems])}");
        if (request.FieldValidation != FieldValidation.Warn)
            return;
        foreach (var problem in body.RepeatedKeys.Concat(problems).Distinct(StringComparer.Ordinal))
            request.Warn(problem);
    }

    /// <summary>How Go's YAML reader says that keys are repeated.</summary>
    public static string InYaml(IEnumerable<string> repeatedKeys) => $"yaml: unmarshal errors:\n  {string.Join("\n  ", repeatedKeys)}";

    private static string Unrecognized(string problem)
    {
        const string start = "json: cannot unmarshal ";
        if (!problem.StartsWith(start, StringComparison.Ordinal))
            return problem;
        var (words, type) = (problem[start.Length..].Split(' '), problem[(problem.LastIndexOf(' ') + 1)..]);
        // A number that does not fit is shown, one that is not wanted at all is not.
        return words is ["number", not "into", ..] && words[1].Contains('.', StringComparison.Ordinal) ? $"cannot convert float64 to {type}" : Unrecognized(words[0], type);
    }

    private static string Unrecognized(string given, string type)
    {
        var kind = given switch
        {
            "number" => "int64",
            "object" => "map",
            "array" => "slice",
            _ => given,
        };
        if ((given, type) == ("number", "string"))
            return "cannot convert int64 to string";
        if (type.StartsWith("[]", StringComparison.Ordinal))
            return $"cannot restore slice from {kind}";
        if (type.StartsWith("map[", StringComparison.Ordinal))
            return $"cannot restore map from {kind}";
        return type.Contains('.', StringComparison.Ordinal) ? $"cannot restore struct from: {kind}" : $"unrecognized type: {type}";
    }

    private static string Unknown(string path) => $"unknown field \"{path}\"";

    private static string Duplicate(string path) => $"duplicate field \"{path}\"";

    private static JsonObject Stamped(Spoken spoken, JsonObject obj)
    {
        var stamped = JsonObject.Of(("kind", spoken.Kind), ("apiVersion", spoken.ApiVersion)).ToBuilder();
        foreach (var (key, value) in obj)
        {
            if (key is not ("kind" or "apiVersion"))
                stamped[key] = value;
        }

        return stamped.Build();
    }
}
