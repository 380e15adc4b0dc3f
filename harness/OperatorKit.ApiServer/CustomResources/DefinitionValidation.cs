using System.Globalization;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Schemas;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>What a definition must be like, in kube-apiserver's words. What is the same as before is not judged again.</summary>
internal static class DefinitionValidation
{
    private const string ApprovalAnnotation = "api-approved.kubernetes.io";
    private static readonly (string Member, string[] Roots, string Named)[] ScalePaths =
    [
        ("specReplicasPath", [".spec."], ".spec"),
        ("statusReplicasPath", [".status."], ".status"),
        ("labelSelectorPath", [".spec.", ".status."], "either .spec or .status"),
    ];

    private static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];

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
            var isUnchanged = before?.Objects("versions").Any(old => old.StringAt("name") == name && Equals(old.At("schema", "openAPIV3Schema"), schema)) == true;
            foreach (var error in Version(versions[i], string.Create(CultureInfo.InvariantCulture, $"spec.versions[{i}]"), Inner(versions, i), isUnchanged))
                yield return error;
        }

        if (versions.Count(static version => version.BoolAt("storage") == true) != 1)
            yield return FieldError.Invalid("spec.versions", Internal(versions), "must have exactly one version marked as storage version");
        if (versions.Select(static version => version.StringAt("name")).Distinct().Count() != versions.Length)
            yield return FieldError.Invalid("spec.versions", Internal(versions), "must contain unique version names");
        foreach (var error in versions.Length > 0 ? NameProblems("spec.version", versions[0].StringAt("name") ?? "") : [])
            yield return error;
        if (spec.BoolAt("preserveUnknownFields") == true)
            yield return FieldError.Invalid("spec.preserveUnknownFields", true, "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
        foreach (var error in Names(spec.ObjectAt("names") ?? JsonObject.Empty))
            yield return error;
        foreach (var error in Conversion(spec.ObjectAt("conversion") ?? JsonObject.Empty))
            yield return error;
    }

    // With a single version the real server hoists its parts to the top of the spec before it looks at them.
    private static string Inner(JsonObject[] versions, int i) =>
        versions.Length == 1 ? "spec" : string.Create(CultureInfo.InvariantCulture, $"spec.versions[{i}]");

    private static IEnumerable<FieldError> Version(JsonObject version, string path, string inner, bool isUnchanged)
    {
        foreach (var error in NameProblems($"{path}.name", version.StringAt("name") ?? ""))
            yield return error;
        if (version.StringAt("deprecationWarning") is { } warning && version.BoolAt("deprecated") != true)
            yield return FieldError.Invalid($"{path}.deprecationWarning", warning, "can only be set for deprecated versions");
        if (version.ObjectAt("schema", "openAPIV3Schema") is not { } schema)
        {
            yield return FieldError.Required($"{path}.schema.openAPIV3Schema");
        }
        else
        {
            foreach (var error in Schema(schema, inner == "spec" ? "spec.validation.openAPIV3Schema" : $"{path}.schema.openAPIV3Schema", isUnchanged))
                yield return error;
        }

        if (version.ObjectAt("subresources", "scale") is { } scale)
        {
            foreach (var error in Scale(scale, $"{inner}.subresources.scale"))
                yield return error;
        }

        var columns = version.ArrayAt("additionalPrinterColumns")?.OfType<JsonObject>().ToArray() ?? [];
        for (var i = 0; i < columns.Length; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{inner}.additionalPrinterColumns[{i}]");
            foreach (var error in Column(columns[i], at))
                yield return error;
        }

        foreach (var error in Selectable(version, $"{inner}.selectableFields"))
            yield return error;
    }

    private static IEnumerable<FieldError> Column(JsonObject column, string path)
    {
        if (column.StringAt("name") is not { Length: > 0 })
            yield return FieldError.Required($"{path}.name");
        if (column.StringAt("type") is var type && !ColumnTypes.Contains(type))
            yield return FieldError.Invalid($"{path}.type", type ?? "", $"must be one of {string.Join(',', ColumnTypes)}");
        if (column.StringAt("format") is { Length: > 0 } format && !ColumnFormats.Contains(format))
            yield return FieldError.Invalid($"{path}.format", format, $"must be one of {string.Join(',', ColumnFormats)}");
        if (column.StringAt("jsonPath") is not { Length: > 0 } jsonPath)
            yield return FieldError.Required($"{path}.JSONPath");
        else if (!jsonPath.StartsWith('.'))
            yield return FieldError.Invalid($"{path}.JSONPath", jsonPath, "must be a simple json path starting with .");
    }

    private static IEnumerable<FieldError> Selectable(JsonObject version, string path)
    {
        var fields = version.Objects("selectableFields").Select(static field => field.StringAt("jsonPath") ?? "").ToList();
        for (var i = 0; i < fields.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}].jsonPath");
            if (SelectableProblem(version.ObjectAt("schema", "openAPIV3Schema"), fields[i]) is { } problem)
                yield return FieldError.Invalid(at, fields[i], problem);
            else if (fields.IndexOf(fields[i]) < i)
                yield return FieldError.Duplicate(at, fields[i]);
        }
    }

    private static IEnumerable<FieldError> Scale(JsonObject scale, string path)
    {
        foreach (var (member, roots, named) in ScalePaths)
        {
            var text = scale.StringAt(member) ?? "";
            if (text.Length == 0 && member != "labelSelectorPath")
                yield return FieldError.Required($"{path}.{member}");
            else if (text.Length > 0 && text[0] != '.')
                yield return FieldError.Invalid($"{path}.{member}", text, "must be a simple json path starting with .");
            else if (text.Length > 0 && !roots.Any(root => text.StartsWith(root, StringComparison.Ordinal)))
                yield return FieldError.Invalid($"{path}.{member}", text, $"should be a json path under {named}");
        }
    }

    // Rules are typed by the schema, so they are looked at only where it is one.
    private static IEnumerable<FieldError> Schema(JsonObject schema, string path, bool isUnchanged) => StructuralSchemaValidation.Validate(schema, path).ToList() is { Count: > 0 } errors
        ? errors
        : CelDefinitionCheck.Check(StructuralSchemaReader.Read(schema), path, isUnchanged);

    private static string? SelectableProblem(JsonObject? schema, string jsonPath)
    {
        if (!jsonPath.StartsWith('.'))
            return $"is an invalid path: expected [ or . but got: {jsonPath.Split('.', '[')[0]}";
        foreach (var step in jsonPath.StartsWith(".metadata", StringComparison.Ordinal) ? [] : jsonPath[1..].Split('.'))
            schema = schema?.ObjectAt("properties", step);
        if (schema is null || jsonPath.StartsWith(".metadata", StringComparison.Ordinal))
            return "is an invalid path: does not refer to a valid field";
        return schema.StringAt("type") is "string" or "integer" or "boolean"
            ? null
            : "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
    }

    private static IEnumerable<FieldError> NameProblems(string path, string name) =>
        NameFormat.Label1035(name).Select(problem => FieldError.Invalid(path, name, problem));

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
                    yield return FieldError.Invalid(string.Create(CultureInfo.InvariantCulture, $"spec.names.{member}[{i}]"), texts[i], problem);
            }
        }

        if (names.StringAt("kind") is { Length: > 0 } kind && kind == names.StringAt("listKind"))
            yield return FieldError.Invalid("spec.names.listKind", kind, "kind and listKind may not be the same");
    }

    private static IEnumerable<FieldError> Conversion(JsonObject conversion)
    {
        var strategy = conversion.StringAt("strategy") ?? "";
        if (strategy is not ("" or "None" or "Webhook"))
            yield return FieldError.NotSupported("spec.conversion.strategy", strategy, "None", "Webhook");
        var (config, versions) = (conversion.ObjectAt("webhook", "clientConfig"), conversion.ArrayAt("webhook", "conversionReviewVersions"));
        const string unwanted = "should not be set when strategy is not set to Webhook";
        if (strategy == "Webhook")
        {
            var errors = config is null
                ? [FieldError.Required("spec.conversion.webhookClientConfig", "required when strategy is set to Webhook")]
                : ClientConfigRules.Validate(config, "spec.conversion.webhookClientConfig");
            foreach (var error in errors.Concat(ReviewVersions(versions ?? JsonArray.Empty, "spec.conversion.conversionReviewVersions")))
                yield return error;
            yield break;
        }

        if (config is not null)
            yield return FieldError.Forbidden("spec.conversion.webhookClientConfig", unwanted);
        if (versions is { Count: > 0 })
            yield return FieldError.Forbidden("spec.conversion.conversionReviewVersions", unwanted);
    }

    private static IEnumerable<FieldError> ReviewVersions(JsonArray versions, string path)
    {
        var names = versions.Items.OfType<JsonString>().Select(static version => version.Value).ToList();
        if (names.Count == 0)
            yield return FieldError.Required(path);
        for (var i = 0; i < names.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            foreach (var problem in names.IndexOf(names[i]) < i ? ["duplicate version"] : NameFormat.Label1035(names[i]))
                yield return FieldError.Invalid(at, names[i], problem);
        }

        if (names.Count > 0 && !names.Exists(static name => name is "v1" or "v1beta1"))
            yield return FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1");
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
                    string.Create(CultureInfo.InvariantCulture, $"status.storedVersions[{i}]"),
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
