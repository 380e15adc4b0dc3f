using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>What one version of a definition must be like: its schema, its columns, and the paths that it gives for scale and selection.</summary>
internal static class DefinitionVersionRules
{
    private static readonly (string Member, string[] Roots, string Named)[] ScalePaths =
    [
        ("specReplicasPath", [".spec."], ".spec"),
        ("statusReplicasPath", [".status."], ".status"),
        ("labelSelectorPath", [".spec.", ".status."], "either .spec or .status"),
    ];

    private static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];

    /// <param name="path">Where the version stands in the definition.</param>
    /// <param name="inner">Where the real server says that its parts stand.</param>
    /// <param name="isUnchanged">Whether the stored definition has this version with the same schema.</param>
    public static IEnumerable<FieldError> Validate(JsonObject version, string path, string inner, bool isUnchanged)
    {
        var name = version.StringAt("name") ?? "";
        foreach (var problem in NameFormat.Label1035(name))
            yield return FieldError.Invalid($"{path}.name", name, problem);
        if (version.StringAt("deprecationWarning") is { } warning && version.BoolAt("deprecated") != true)
            yield return FieldError.Invalid($"{path}.deprecationWarning", warning, "can only be set for deprecated versions");
        else if (version.StringAt("deprecationWarning") is { } text)
        {
            foreach (var problem in Deprecation(text))
                yield return FieldError.Invalid($"{path}.deprecationWarning", text, problem);
        }

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
            foreach (var error in Column(columns[i], Checks.At($"{inner}.additionalPrinterColumns", i)))
                yield return error;
        }

        foreach (var error in Selectable(version, $"{inner}.selectableFields"))
            yield return error;
    }

    private static IEnumerable<string> Deprecation(string text)
    {
        if (text.Length > 256)
            yield return "must be <= 256 characters long";
        if (text.Length == 0)
            yield return "must not be an empty string";
        if (text.IndexOf(text.FirstOrDefault(char.IsControl)) is var index && text.Any(char.IsControl))
            yield return FormattableString.Invariant($"must only contain printable UTF-8 characters; non-printable character found at index {index}");
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
            var at = $"{Checks.At(path, i)}.jsonPath";
            if (SelectableProblem(version.ObjectAt("schema", "openAPIV3Schema"), fields[i]) is { } problem)
                yield return FieldError.Invalid(at, fields[i], problem);
            if (fields.IndexOf(fields[i]) < i)
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
}
