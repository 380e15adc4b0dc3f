using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Rules;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel;

/// <summary>Checks a custom resource by the CEL rules of its schema.</summary>
internal sealed class CelValidator
{
    private const int MaximumMessageBytes = 5 * 1024;

    private readonly List<FieldError> _errors = [];
    private long _left = CelBudget.PerObject;

    private CelValidator()
    {
    }

    /// <summary>Whether the schema has any rule.</summary>
    public static bool HasRules(StructuralSchema schema) => CelSchemaRules.For(schema).Any;

    /// <summary>The rules that do not hold.</summary>
    /// <param name="old">The stored object on update, else null; rules about oldSelf look at it.</param>
    public static IReadOnlyList<FieldError> Validate(StructuralSchema schema, JsonObject value, JsonObject? old)
    {
        var rules = CelSchemaRules.For(schema);
        if (!rules.Any)
            return [];
        var validator = new CelValidator();
        validator.Node(value, old, rules, "");
        return validator._errors;
    }

    private void Node(JsonValue value, JsonValue? old, CelSchemaRules rules, string path)
    {
        if (value is JsonNull)
            return;
        if (old is JsonNull)
            old = null;
        if (!rules.Rules.IsEmpty)
            Rules(value, old, rules, path);
        switch (value)
        {
            case JsonObject obj:
                var before = old as JsonObject;
                foreach (var (name, member) in obj)
                {
                    if (rules.Properties.TryGetValue(name, out var property))
                        Node(member, before?[name], property, path.Length == 0 ? name : $"{path}.{name}");
                    else if (rules.AdditionalProperties is { } additional)
                        Node(member, before?[name], additional, $"{path}[{name}]");
                }

                break;
            case JsonArray array when rules.Items is { } items:
                var correlation = ListCorrelation.Of(old as JsonArray, rules.Schema);
                for (var i = 0; i < array.Count; i++)
                    Node(array[i], correlation.Find(array[i]), items, CelFieldPath.Item(path, i));
                break;
        }
    }

    private void Rules(JsonValue value, JsonValue? old, CelSchemaRules rules, string path)
    {
        var self = CelJson.ToValue(value, rules.Schema, rules.IsResource);
        var oldSelf = old is null ? null : CelJson.ToValue(old, rules.Schema, rules.IsResource);
        foreach (var rule in rules.Rules)
        {
            if (_left < 0)
                return;
            if (rule.Condition is null || (rule.UsesOldSelf && oldSelf is null && !rule.OldSelfIsOptional))
                continue;
            // A part that did not change is not held against whoever changes another.
            if (!rule.UsesOldSelf && old is not null && old.Equals(value))
                continue;
            Rule(rule, value, self, oldSelf, rules.Schema, path);
        }
    }

    private void Rule(CelRule rule, JsonValue value, object self, object? oldSelf, StructuralSchema schema, string path)
    {
        if (rule.ConditionError is { } compileError)
        {
            Invalid(path, schema, $"rule compile error: {compileError}");
            return;
        }

        var variables = new CelScope("self", self, oldSelf is null && !rule.OldSelfIsOptional
            ? null
            : new CelScope("oldSelf", rule.OldSelfIsOptional ? oldSelf is null ? CelOptional.None : new CelOptional(oldSelf) : oldSelf!, null));
        object holds;
        try
        {
            holds = Evaluate(rule.Condition!, variables);
        }
        catch (CelBudgetException error)
        {
            Invalid(path, schema, _left < 0 ? CelBudget.Exhausted : $"'{error.Message}': no further validation rules will be run due to call cost exceeds limit for rule: {rule.Name}");
            _left = -1;
            return;
        }

        switch (holds)
        {
            case true:
                break;
            case CelError error when error.Message.StartsWith("no such overload", StringComparison.Ordinal):
                Invalid(path, schema, $"'{error.Message}': call arguments did not match a supported operator, function or macro signature for rule: {rule.Name}");
                break;
            case CelError error:
                Invalid(path, schema, $"{error.Message} evaluating rule: {rule.Name}");
                break;
            default:
                _errors.Add(Failure(rule, value, CelFieldPath.Append(path, rule.Definition.FieldPath), MessageOf(rule, variables)));
                break;
        }
    }

    private object Evaluate(CelExpression expression, CelScope variables)
    {
        var budget = new CelBudget();
        try
        {
            return new CelEvaluator(budget).Evaluate(expression.Root, variables);
        }
        finally
        {
            _left -= budget.Spent;
        }
    }

    private string MessageOf(CelRule rule, CelScope variables)
    {
        if (rule.Message is not { Error: null } expression)
            return rule.FixedMessage;
        try
        {
            return Evaluate(expression, variables) is string text && !string.IsNullOrWhiteSpace(text) && !text.Contains('\n', StringComparison.Ordinal) && text.Length <= MaximumMessageBytes
                ? text.Trim()
                : rule.FixedMessage;
        }
        catch (CelBudgetException)
        {
            return rule.FixedMessage;
        }
    }

    private static FieldError Failure(CelRule rule, JsonValue value, string path, string message)
    {
        var whole = value is JsonObject or JsonArray;
        return rule.Definition.Reason switch
        {
            "FieldValueForbidden" => FieldError.Forbidden(path, message),
            "FieldValueRequired" => FieldError.Required(path, message),
            "FieldValueDuplicate" => whole ? new FieldError(FieldErrorType.Duplicate, path, "Duplicate value") : FieldError.Duplicate(path, value),
            _ => whole ? new FieldError(FieldErrorType.Invalid, path, $"Invalid value: {message}") : FieldError.Invalid(path, value, message),
        };
    }

    private void Invalid(string path, StructuralSchema schema, string detail) => _errors.Add(FieldError.Invalid(CelFieldPath.Root(path), schema.Type.Text(), detail));
}
