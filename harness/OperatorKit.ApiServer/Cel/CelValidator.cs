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
        if (_left == 0)
            Stop(path, rules.Schema, CelBudget.Exhausted);
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
        var (holds, exceeded) = Evaluate(rule.Condition!, variables);
        if (_left < 0)
        {
            Stop(path, schema, CelBudget.Exhausted);
            return;
        }

        switch (holds)
        {
            case null:
                Stop(path, schema, $"'{exceeded}': no further validation rules will be run due to call cost exceeds limit for rule: {rule.Name}");
                break;
            case true:
                break;
            case CelError error when error.Message.StartsWith("no such overload", StringComparison.Ordinal):
                Invalid(path, schema, $"'{error.Message}': call arguments did not match a supported operator, function or macro signature for rule: {rule.Name}");
                break;
            case CelError error:
                Invalid(path, schema, $"{error.Message} evaluating rule: {rule.Name}");
                break;
            default:
                Fail(rule, value, variables, schema, path);
                break;
        }
    }

    private void Fail(CelRule rule, JsonValue value, CelScope variables, StructuralSchema schema, string path)
    {
        var place = CelFieldPath.Append(path, rule.Definition.FieldPath);
        var message = rule.FixedMessage;
        if (rule.Message is { Error: null } expression)
        {
            var (made, exceeded) = Evaluate(expression, variables);
            if (_left < 0)
            {
                Stop(place, schema, "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run");
                return;
            }

            if (exceeded is not null)
            {
                Stop(place, schema, $"no further validation rules will be run due to call cost exceeds limit for messageExpression: {JsonValue.From(expression.Source)}");
                return;
            }

            message = (made as string)?.Trim() is { Length: > 0 and <= MaximumMessageBytes } text && !text.Contains('\n', StringComparison.Ordinal) ? text : message;
        }

        _errors.Add(Failure(rule, value, place, message));
    }

    /// <summary>The value; or null, and why, where the evaluation alone costs too much.</summary>
    private (object? Value, string? Exceeded) Evaluate(CelExpression expression, CelScope variables)
    {
        var budget = new CelBudget();
        try
        {
            return (expression.Evaluate(variables, budget), null);
        }
        catch (CelBudgetException exceeded)
        {
            return (null, exceeded.Message);
        }
        finally
        {
            _left -= budget.Spent;
        }
    }

    /// <summary>Reports that the rules cost too much; none is evaluated after that.</summary>
    private void Stop(string path, StructuralSchema schema, string detail)
    {
        Invalid(path, schema, detail);
        _left = -1;
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
