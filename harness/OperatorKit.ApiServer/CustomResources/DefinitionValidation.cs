using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>What a definition must be like, in kube-apiserver's words. What is the same as before is not judged again.</summary>
internal static class DefinitionValidation
{
    private const string ApprovalAnnotation = "api-approved.kubernetes.io";

    public static IEnumerable<FieldError> Validate(JsonObject definition, JsonObject? old)
    {
        var spec = definition.ObjectAt("spec") ?? JsonObject.Empty;
        if (old is not null && spec.Equals(old.ObjectAt("spec")))
            return [];
        var established = old is not null && Conditions.IsTrue(old, "Established");
        if (established)
        {
            // What others rely on by now; the rest of the rules would only repeat what is wrong with it.
            var changes = Immutable(spec, old!.ObjectAt("spec") ?? JsonObject.Empty).ToArray();
            if (changes.Length > 0)
                return changes;
        }

        return [.. Name(definition, spec), .. Spec(spec, old?.ObjectAt("spec")), .. Approval(definition, spec, old), .. StoredVersions(definition, spec)];
    }

    private static IEnumerable<FieldError> Immutable(JsonObject spec, JsonObject before)
    {
        foreach (var path in (string[][])[["group"], ["scope"], ["names", "kind"], ["names", "plural"]])
        {
            if (spec.At(path) is { } value && !value.Equals(before.At(path)))
                yield return FieldError.Invalid($"spec.{string.Join('.', path)}", value, "field is immutable");
        }
    }

    private static IEnumerable<FieldError> Name(JsonObject definition, JsonObject spec)
    {
        var name = definition.StringAt("metadata", "name") ?? "";
        if (name != $"{spec.StringAt("names", "plural")}.{spec.StringAt("group")}")
            yield return FieldError.Invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
    }

    private static IEnumerable<FieldError> Spec(JsonObject spec, JsonObject? before)
    {
        var group = spec.StringAt("group") ?? "";
        if (group.Length == 0)
            yield return FieldError.Required("spec.group");
        foreach (var problem in group.Length == 0 ? [] : NameFormat.Subdomain(group))
            yield return FieldError.Invalid("spec.group", group, problem);
        if (group.Length > 0 && !group.Contains('.', StringComparison.Ordinal))
            yield return FieldError.Invalid("spec.group", group, "should be a domain with at least one dot");
        var scope = spec.StringAt("scope") ?? "";
        if (scope.Length == 0)
            yield return FieldError.Required("spec.scope");
        else if (scope is not ("Cluster" or "Namespaced"))
            yield return FieldError.NotSupported("spec.scope", scope, "Cluster", "Namespaced");

        var versions = spec.ArrayAt("versions")?.OfType<JsonObject>().ToArray() ?? [];
        for (var i = 0; i < versions.Length; i++)
        {
            var (name, schema) = (versions[i].StringAt("name"), versions[i].At("schema", "openAPIV3Schema"));
            var path = Checks.At("spec.versions", i);
            var isUnchanged = before?.Objects("versions").Any(old => old.StringAt("name") == name && Equals(old.At("schema", "openAPIV3Schema"), schema)) == true;
            // A single version is hoisted by the real server: its parts stand at the top of the spec when they are looked at.
            foreach (var error in DefinitionVersionRules.Validate(versions[i], path, versions.Length == 1 ? "spec" : path, isUnchanged))
                yield return error;
        }

        if (versions.Select(static version => version.StringAt("name")).Distinct().Count() != versions.Length)
            yield return FieldError.Invalid("spec.versions", Internal(versions), "must contain unique version names");
        if (versions.Count(static version => version.BoolAt("storage") == true) != 1)
            yield return FieldError.Invalid("spec.versions", spec["versions"] is JsonArray ? Internal(versions) : JsonValue.Null, "must have exactly one version marked as storage version");
        var first = versions.Length > 0 ? versions[0].StringAt("name") ?? "" : null;
        foreach (var problem in first is null ? [] : NameFormat.Label1035(first))
            yield return FieldError.Invalid("spec.version", first!, problem);
        if (spec.BoolAt("preserveUnknownFields") == true)
            yield return FieldError.Invalid("spec.preserveUnknownFields", true, "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
        foreach (var error in Names(spec.ObjectAt("names") ?? JsonObject.Empty))
            yield return error;
        foreach (var error in DefinitionConversionRules.Validate(spec.ObjectAt("conversion") ?? JsonObject.Empty))
            yield return error;
    }

    private static IEnumerable<FieldError> Names(JsonObject names)
    {
        foreach (var member in (string[])["plural", "singular", "kind", "listKind"])
        {
            var name = names.StringAt(member) ?? "";
            if (name.Length == 0)
            {
                yield return FieldError.Required($"spec.names.{member}");
                continue;
            }

            var mixed = member is "kind" or "listKind";
            foreach (var problem in NameFormat.Label1035(mixed ? name.ToLowerInvariant() : name))
                yield return FieldError.Invalid($"spec.names.{member}", name, mixed ? $"may have mixed case, but should otherwise match: {problem}" : problem);
        }

        foreach (var member in (string[])["shortNames", "categories"])
        {
            var texts = names.Strings(member).ToArray();
            for (var i = 0; i < texts.Length; i++)
            {
                foreach (var problem in NameFormat.Label1035(texts[i]))
                    yield return FieldError.Invalid(Checks.At($"spec.names.{member}", i), texts[i], problem);
            }
        }

        if (names.StringAt("kind") is { Length: > 0 } kind && kind == names.StringAt("listKind"))
            yield return FieldError.Invalid("spec.names.listKind", kind, "kind and listKind may not be the same");
    }

    private static IEnumerable<FieldError> Approval(JsonObject definition, JsonObject spec, JsonObject? old)
    {
        var group = spec.StringAt("group") ?? "";
        var isProtected = group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal) || group is "k8s.io" or "kubernetes.io";
        if (isProtected && old is null && string.IsNullOrEmpty(definition.StringAt("metadata", "annotations", ApprovalAnnotation)))
            yield return FieldError.Required($"metadata.annotations[{ApprovalAnnotation}]", $"protected groups must have approval annotation \"{ApprovalAnnotation}\", see https://github.com/kubernetes/enhancements/pull/1111");
    }

    private static IEnumerable<FieldError> StoredVersions(JsonObject definition, JsonObject spec)
    {
        var stored = definition.ArrayAt("status", "storedVersions");
        if (stored is not { Count: > 0 })
        {
            yield return FieldError.Invalid("status.storedVersions", JsonValue.Null, "must have at least one stored version");
            yield break;
        }

        var versions = spec.ArrayAt("versions")?.OfType<JsonObject>().ToArray() ?? [];
        for (var i = 0; i < stored.Count; i++)
        {
            var name = (stored[i] as JsonString)?.Value ?? "";
            if (!versions.Any(version => version.StringAt("name") == name))
            {
                yield return FieldError.Invalid(
                    Checks.At("status.storedVersions", i),
                    name,
                    $"missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in {name} and removes {name} from status.storedVersions");
            }
        }

        if (versions.LastOrDefault(static version => version.BoolAt("storage") == true)?.StringAt("name") is { } storage && !stored.Contains(JsonValue.From(storage)))
            yield return FieldError.Invalid("status.storedVersions", stored, $"must have the storage version {storage}");
    }

    /// <summary>The versions as the real server prints them: its internal struct.</summary>
    private static JsonArray Internal(JsonObject[] versions) => JsonArray.Of(versions.Select(static version => JsonObject.Of(
        ("Name", version["name"] ?? JsonValue.From("")),
        ("Served", version["served"] ?? JsonValue.From(false)),
        ("Storage", version["storage"] ?? JsonValue.From(false)),
        ("Deprecated", version["deprecated"] ?? JsonValue.From(false)),
        ("DeprecationWarning", version["deprecationWarning"] ?? JsonValue.Null),
        ("Schema", JsonValue.Null),
        ("Subresources", JsonValue.Null),
        ("AdditionalPrinterColumns", JsonValue.Null),
        ("SelectableFields", JsonValue.Null))));
}
