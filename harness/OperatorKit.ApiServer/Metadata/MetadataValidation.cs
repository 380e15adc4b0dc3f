using System.Globalization;
using System.Text;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Metadata;

/// <summary>The rules for <c>metadata</c> of any object, in kube-apiserver's order and words.</summary>
internal static class MetadataValidation
{
    private const int LongestAnnotations = 256 * 1024;
    private const string UnqualifiedFinalizer = "name is neither a standard finalizer name nor is it fully qualified";
    private static readonly string[] StandardFinalizers = ["kubernetes", "orphan", "foregroundDeletion"];

    /// <summary>A whole metadata, as on create.</summary>
    public static IEnumerable<FieldError> Validate(ResourceType type, JsonObject obj)
    {
        var metadata = obj.ObjectAt("metadata") ?? JsonObject.Empty;
        return [.. Names(type, metadata), .. Content(metadata, type.Traits.QualifiedFinalizers)];
    }

    /// <summary>The metadata of an update, in the rounds that its kind goes through.</summary>
    public static IEnumerable<FieldError> ValidateUpdate(ResourceType type, MetadataRounds rounds, JsonObject obj, JsonObject stored)
    {
        var metadata = obj.ObjectAt("metadata") ?? JsonObject.Empty;
        return [.. Content(metadata, qualified: false), .. Changed(obj, stored), .. rounds switch
        {
            MetadataRounds.None => [],
            MetadataRounds.Content => OwnContent(),
            MetadataRounds.ContentTwice => [.. OwnContent(), .. OwnContent()],
            MetadataRounds.UpdateAndContent => [.. OwnUpdate(), .. OwnContent()],
            _ => OwnUpdate(),
        }];

        IEnumerable<FieldError> OwnContent() => Content(metadata, type.Traits.QualifiedFinalizers);

        IEnumerable<FieldError> OwnUpdate() => [.. Changed(obj, stored), .. type.Traits.QualifiedFinalizers ? Unqualified(metadata) : []];
    }

    private static IEnumerable<FieldError> Content(JsonObject metadata, bool qualified) =>
        [.. Labels(metadata), .. Annotations(metadata), .. Owners(metadata), .. Finalizers(metadata), .. qualified ? Unqualified(metadata) : []];

    /// <summary>What an update may not change.</summary>
    private static IEnumerable<FieldError> Changed(JsonObject obj, JsonObject stored)
    {
        var metadata = obj.ObjectAt("metadata") ?? JsonObject.Empty;
        var before = stored.ObjectAt("metadata") ?? JsonObject.Empty;
        if (before.StringAt("deletionTimestamp") is not null)
        {
            var known = Texts(before, "finalizers");
            var added = Texts(metadata, "finalizers").Except(known).Order(StringComparer.Ordinal).ToArray();
            if (added.Length > 0)
            {
                var shown = string.Join(", ", added.Select(static name => $"\"{name}\""));
                yield return FieldError.Forbidden("metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{shown}}}");
            }
        }

        foreach (var key in (string[])["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            if (metadata[key] is { } value && !value.Equals(before[key]))
                yield return FieldError.Invalid($"metadata.{key}", value, "field is immutable");
        }

        foreach (var error in Labels(metadata))
            yield return error;
        foreach (var error in Annotations(metadata))
            yield return error;
        foreach (var error in Owners(metadata))
            yield return error;
    }

    /// <summary>Finalizers of custom resources that should carry a domain and a path.</summary>
    public static IEnumerable<string> FinalizerWarnings(ResourceType type, JsonObject obj)
    {
        if (!type.IsCustom)
            yield break;
        foreach (var finalizer in Texts(obj.ObjectAt("metadata") ?? JsonObject.Empty, "finalizers"))
        {
            if (!finalizer.Contains('/', StringComparison.Ordinal) && !StandardFinalizers.Contains(finalizer))
                yield return $"metadata.finalizers: \"{finalizer}\": prefer a domain-qualified finalizer name {(finalizer.Contains('.', StringComparison.Ordinal) ? "including a path (/) " : "")}to avoid accidental conflicts with other finalizer writers";
        }
    }

    /// <summary>What is wrong with the name of a finalizer where only standard and fully qualified ones may stand.</summary>
    public static IEnumerable<string> FinalizerProblems(string finalizer)
    {
        foreach (var problem in NameFormat.QualifiedName(finalizer))
            yield return problem;
        if (!finalizer.Contains('/', StringComparison.Ordinal) && !StandardFinalizers.Contains(finalizer))
            yield return UnqualifiedFinalizer;
    }

    private static IEnumerable<FieldError> Names(ResourceType type, JsonObject metadata)
    {
        var name = metadata.StringAt("name") ?? "";
        var generateName = metadata.StringAt("generateName") ?? "";
        if (generateName.Length > 0)
        {
            foreach (var problem in Problems(type.Traits.Names, generateName, prefix: true))
                yield return FieldError.Invalid("metadata.generateName", generateName, problem);
        }

        if (name.Length == 0)
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }
        else
        {
            foreach (var problem in Problems(type.Traits.Names, name, prefix: false))
                yield return FieldError.Invalid("metadata.name", name, problem);
        }
    }

    private static IEnumerable<string> Problems(NameRule rule, string name, bool prefix)
    {
        // A prefix may end in a dash: the generated end follows.
        var text = prefix && name.Length > 1 && name[^1] == '-' ? name[..^1] + "a" : name;
        return rule switch
        {
            NameRule.Label => NameFormat.Label(text),
            NameRule.Label1035 => NameFormat.Label1035(text),
            NameRule.PathSegment => NameFormat.PathSegment(text),
            _ => NameFormat.Subdomain(text),
        };
    }

    private static IEnumerable<FieldError> Labels(JsonObject metadata)
    {
        foreach (var (key, value) in Members(metadata, "labels"))
        {
            foreach (var problem in NameFormat.QualifiedName(key))
                yield return FieldError.Invalid("metadata.labels", key, problem);
            foreach (var problem in NameFormat.LabelValue(value))
                yield return FieldError.Invalid("metadata.labels", value, problem);
        }
    }

    private static IEnumerable<FieldError> Annotations(JsonObject metadata)
    {
        var size = 0;
        foreach (var (key, value) in Members(metadata, "annotations"))
        {
            size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
            foreach (var problem in NameFormat.QualifiedName(key.ToLowerInvariant()))
                yield return FieldError.Invalid("metadata.annotations", key, problem);
        }

        if (size > LongestAnnotations)
            yield return FieldError.TooLong("metadata.annotations", LongestAnnotations);
    }

    private static IEnumerable<FieldError> Finalizers(JsonObject metadata)
    {
        foreach (var finalizer in Texts(metadata, "finalizers"))
        {
            foreach (var problem in NameFormat.QualifiedName(finalizer))
                yield return FieldError.Invalid("metadata.finalizers", finalizer, problem);
        }

        if (Texts(metadata, "finalizers").Contains("orphan") && Texts(metadata, "finalizers").Contains("foregroundDeletion"))
            yield return FieldError.Invalid("metadata.finalizers", metadata["finalizers"]!, "finalizer orphan and foregroundDeletion cannot be both set");
    }

    private static IEnumerable<FieldError> Unqualified(JsonObject metadata) => Texts(metadata, "finalizers")
        .Select(static (name, i) => (Name: name, Path: string.Create(CultureInfo.InvariantCulture, $"metadata.finalizers[{i}]")))
        .Where(static finalizer => !finalizer.Name.Contains('/', StringComparison.Ordinal) && !StandardFinalizers.Contains(finalizer.Name))
        .Select(static finalizer => FieldError.Invalid(finalizer.Path, finalizer.Name, UnqualifiedFinalizer));

    private static IEnumerable<FieldError> Owners(JsonObject metadata)
    {
        if (metadata.ArrayAt("ownerReferences") is not { } owners)
            yield break;
        var controllers = new List<string>();
        foreach (var owner in owners.OfType<JsonObject>())
        {
            var apiVersion = owner.StringAt("apiVersion") ?? "";
            var kind = owner.StringAt("kind") ?? "";
            if (apiVersion.Split('/') is not ([{ Length: > 0 }] or [_, { Length: > 0 }]))
                yield return FieldError.Invalid("metadata.ownerReferences.apiVersion", apiVersion, "version must not be empty");
            foreach (var key in (string[])["kind", "name", "uid"])
            {
                if ((owner.StringAt(key) ?? "").Length == 0)
                    yield return FieldError.Invalid($"metadata.ownerReferences.{key}", owner.StringAt(key) ?? "", "must not be empty");
            }

            if (apiVersion == "v1" && kind == "Event")
                yield return FieldError.Invalid("metadata.ownerReferences", owner, "/v1, Kind=Event is disallowed from being an owner");
            if (owner.BoolAt("controller") == true)
                controllers.Add($"{kind}/{owner.StringAt("name")}");
        }

        if (controllers.Count > 1)
        {
            yield return FieldError.Invalid(
                "metadata.ownerReferences",
                owners,
                $"Only one reference can have Controller set to true. Found \"true\" in references for {controllers[0]} and {controllers[1]}");
        }
    }

    private static IEnumerable<(string Key, string Value)> Members(JsonObject metadata, string map)
    {
        if (metadata[map] is not JsonObject members)
            return [];
        return ((IEnumerable<KeyValuePair<string, JsonValue>>)members).Select(static member => (member.Key, (member.Value as JsonString)?.Value ?? ""));
    }

    private static IEnumerable<string> Texts(JsonObject metadata, string list) =>
        metadata.ArrayAt(list)?.OfType<JsonString>().Select(static text => text.Value) ?? [];
}
