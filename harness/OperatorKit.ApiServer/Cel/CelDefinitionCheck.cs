using OperatorKit.ApiServer.Cel.Costs;
using OperatorKit.ApiServer.Cel.Rules;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel;

/// <summary>Checks the rules that a CustomResourceDefinition brings, before any object does.</summary>
internal sealed class CelDefinitionCheck
{
    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    private readonly List<FieldError> _errors = [];
    private readonly CelDefinitionCosts _costs;

    private CelDefinitionCheck(bool isUnchanged) => _costs = new CelDefinitionCosts(_errors, isUnchanged);

    /// <summary>Everything that is wrong with the rules of a schema.</summary>
    /// <param name="path">Where the schema stands in the definition: <c>spec.validation.openAPIV3Schema</c>.</param>
    /// <param name="isUnchanged">Whether it is the schema that is stored already: what a rule costs is then no reason to refuse it.</param>
    public static IReadOnlyList<FieldError> Check(StructuralSchema schema, string path, bool isUnchanged)
    {
        var check = new CelDefinitionCheck(isUnchanged);
        check.Node(schema, path, isResource: true, uncorrelatable: null, occurrences: 1);
        check._costs.Total(path);
        return check._errors;
    }

    /// <param name="occurrences">How often the node can stand in an object by the limits around it; null where nothing limits it.</param>
    private void Node(StructuralSchema schema, string path, bool isResource, string? uncorrelatable, ulong? occurrences)
    {
        var rules = CelRule.Of(schema, isResource);
        var known = _errors.Count;
        for (var i = 0; i < rules.Length; i++)
            Texts(rules[i].Definition, schema, CelFieldPath.Item($"{path}.x-kubernetes-validations", i));
        // Where the rules of a schema are not even written as they should be, they are not compiled.
        var isSound = _errors.Count == known;
        var size = rules.IsEmpty ? null : CelSchemaSize.Of(schema, isResource);
        for (var i = 0; isSound && i < rules.Length; i++)
        {
            var place = CelFieldPath.Item($"{path}.x-kubernetes-validations", i);
            if (size is not null)
                _costs.Observe(rules[i], size, occurrences ?? size.MostPerRequest, place);
            Rule(rules[i], place, uncorrelatable);
        }

        var below = occurrences is { } count && CelDefinitionCosts.Factor(schema) is { } factor ? CelEstimate.Multiply(count, factor) : (ulong?)null;
        foreach (var property in schema.Properties)
            Node(property.Schema, $"{path}.properties[{property.Name}]", property.Schema.EmbeddedResource, uncorrelatable, below);
        if (schema.AdditionalProperties is { } additional)
            Node(additional, $"{path}.additionalProperties", additional.EmbeddedResource, uncorrelatable, below);
        // An item can only be followed from one version of an object to the next by its keys.
        if (schema.Items is { } items)
            Node(items, $"{path}.items", items.EmbeddedResource, uncorrelatable ?? (schema.ListType == SchemaListType.Map ? null : path), below);
    }

    private void Rule(CelRule rule, string path, string? uncorrelatable)
    {
        var definition = rule.Definition;
        if (rule.ConditionError is { } error)
            _errors.Add(Invalid($"{path}.rule", definition, error));
        if (rule.MessageError is { } messageError)
            _errors.Add(Invalid($"{path}.messageExpression", definition, messageError));
        if (rule.ConditionError is not null || rule.Condition is null)
            return;
        if (rule.UsesOldSelf && uncorrelatable is not null)
            _errors.Add(FieldError.Invalid($"{path}.rule", definition.Rule, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelatable}"));
        else if (!rule.UsesOldSelf && definition.OptionalOldSelf is { } optional)
            _errors.Add(FieldError.Invalid($"{path}.optionalOldSelf", optional, "may not be set if oldSelf is not used in rule"));
    }

    private void Texts(ValidationRule rule, StructuralSchema schema, string path)
    {
        var (message, fieldPath) = (rule.Message ?? "", rule.FieldPath ?? "");
        if (string.IsNullOrWhiteSpace(rule.Rule))
            _errors.Add(FieldError.Required($"{path}.rule", "rule is not specified"));
        if (message.Length > 0 && string.IsNullOrWhiteSpace(message))
            _errors.Add(FieldError.Invalid($"{path}.message", message, "must be non-empty if specified"));
        else if (message.Trim().Contains('\n', StringComparison.Ordinal))
            _errors.Add(FieldError.Invalid($"{path}.message", message, "must not contain line breaks"));
        else if (rule.Rule.Trim().Contains('\n', StringComparison.Ordinal) && message.Length == 0)
            _errors.Add(FieldError.Required($"{path}.message", "message must be specified if rule contains line breaks"));
        if (rule.MessageExpression is { Length: > 0 } expression && string.IsNullOrWhiteSpace(expression))
            _errors.Add(FieldError.Required($"{path}.messageExpression", "must be non-empty if specified"));
        if (rule.Reason is { } reason && !Reasons.Contains(reason))
            _errors.Add(FieldError.NotSupported($"{path}.reason", reason, Reasons));
        if (fieldPath.Length > 0 && string.IsNullOrWhiteSpace(fieldPath))
            _errors.Add(FieldError.Invalid($"{path}.fieldPath", fieldPath, "must be non-empty if specified"));
        else if (fieldPath.Contains('\n', StringComparison.Ordinal))
            _errors.Add(FieldError.Invalid($"{path}.fieldPath", fieldPath, "must not contain line breaks"));
        else if (fieldPath.Length > 0 && !CelFieldPath.Exists(fieldPath.Trim(), schema))
            _errors.Add(FieldError.Invalid($"{path}.fieldPath", fieldPath, "must be a valid path"));
    }

    // The whole rule is the value at fault, as Go writes it: with member names of its own and HTML characters escaped.
    private static FieldError Invalid(string path, ValidationRule rule, string detail)
    {
        var text = JsonObject.Of(
            ("Rule", rule.Rule),
            ("Message", rule.Message ?? ""),
            ("MessageExpression", rule.MessageExpression ?? ""),
            ("Reason", rule.Reason is null ? JsonValue.Null : rule.Reason),
            ("FieldPath", rule.FieldPath ?? ""),
            ("OptionalOldSelf", rule.OptionalOldSelf is { } optional ? optional : JsonValue.Null)).ToString();
        var escaped = text.Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);
        return new FieldError(FieldErrorType.Invalid, path, $"Invalid value: {escaped}: {detail}");
    }
}
